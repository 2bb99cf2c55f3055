"""Dates as tables and feeds write them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.read.days import Order, day_of, order_of

DAY = date(2022, 1, 11)


@pytest.mark.parametrize(
    "value",
    [
        DAY,
        datetime(2022, 1, 11, 23, tzinfo=UTC),
        "2022-01-11",
        "2022-01-11 23:59:59",
        "2022-01-11T23:30:00-05:00",
        "2022/1/11",
        "20220111",
        "20220111T120000Z",
        "20220111120000",
        20220111,
        1_641_900_000,
        1_641_900_000.5,
        1_641_900_000_000,
        1_641_900_000_000_000_000,
        "1641900000",
        "11 January 2022",
        "Jan. 11, 2022",
        "11-Jan-2022",
        "Tuesday, January 11th, 2022 at 8 a.m.",
        "Tue, 11 Jan 2022 23:30:00 -0500",
        "Tue Jan 11 23:30:00 2022",
    ],
)
def test_forms_of_one_day(value: object) -> None:
    assert day_of(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        "",
        "n/a",
        "January 2022",
        "2022",
        2022,
        "2022-13-40",
        "03/04/2022",
        0,
        "1970-01-01",
        -5,
        10**400,
        1e308,
    ],
)
def test_what_is_no_certain_day(value: object) -> None:
    assert day_of(value) is None


def test_the_order_of_numbers_is_the_columns() -> None:
    assert order_of(["03/04/2022", "25/04/2022"]) is Order.DAY
    assert order_of(["03/04/2022", "04/25/2022"]) is Order.MONTH
    assert order_of(["03/04/2022", None, 7]) is Order.UNKNOWN
    assert order_of(["25/04/2022", "04/25/2022"]) is Order.UNKNOWN
    assert day_of("03/04/2022", Order.DAY) == date(2022, 4, 3)
    assert day_of("03/04/2022", Order.MONTH) == date(2022, 3, 4)
    assert day_of("25.04.2022") == date(2022, 4, 25)
    assert day_of("04/04/2022") == date(2022, 4, 4)


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.dates().map(str), st.datetimes().map(str)))
def test_any_value_is_a_day_or_none(value: object) -> None:
    found = day_of(value)
    assert found is None or found >= date(1700, 1, 1)

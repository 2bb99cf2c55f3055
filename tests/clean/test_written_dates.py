"""Dates as pages write them: read when they are certain, left alone when they are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.clean.written_dates import find_written_date


@pytest.mark.parametrize(
    ("text", "day", "utc_hour"),
    [
        ("2023-03-14T01:19:34.819Z", date(2023, 3, 14), 1),
        ("2023-03-14T23:19:34+02:00", date(2023, 3, 14), None),
        ("2023-03-14 05:45:00", date(2023, 3, 14), 5),
        ("2023-3-4", date(2023, 3, 4), None),
        ("20230314", date(2023, 3, 14), None),
        ("Posted: Mar. 14, 2023 4:00 AM EDT", date(2023, 3, 14), None),
        ("14 March 2023 07:09 GMT", date(2023, 3, 14), None),
        ("01:38:07 PM IST March 14th, 2023", date(2023, 3, 14), None),
        ("Tuesday the 14th of March, 2023", date(2023, 3, 14), None),
        ("03/04/2023", None, None),
        ("March 2023", None, None),
        ("0001-01-01T00:00:00Z", None, None),
        ("2023-02-30", None, None),
        ("14 ago", None, None),
    ],
)
def test_written_dates(text: str, day: date | None, utc_hour: int | None) -> None:
    found = find_written_date(text)
    assert (found.day if found else None) == day
    assert (found.utc_hour if found else None) == utc_hour


@given(
    st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%b. %d, %Y"])
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    found = find_written_date(day.strftime(form))
    assert found is not None
    assert found.day == day

"""What /openapi.json says, the server does: requests made from it are answered as it says, and none makes the server fail.

`COMMUNIQUE_API_CASES=2000 pytest -s tests/serve/test_api_schema.py` makes that many requests instead of a few for each route.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from reading_room import BEARER, make_record, make_room
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from communique.run import Settings
from communique.run.linking import link_record
from communique.store import Record

CASES = int(os.environ.get("COMMUNIQUE_API_CASES", "0"))
FEW = 3  # requests for each route, well formed and malformed
ROUTES = 28
SMALL = 4  # of them have less to vary than is asked for
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
)


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    place = make_record(tmp_path_factory.mktemp("schema") / "talks.db")
    with Record.open(place, writable=True) as record:
        link_record(record, settings=Settings())
    app = make_room(place, write=True, hosts=("testserver", "localhost"))
    document = schemathesis.openapi.from_asgi("/openapi.json", app)
    return [found.ok() for found in document.get_all_operations()]


def cases(operations: list[Any]) -> Iterator[tuple[Any, GenerationMode]]:
    for operation in operations:
        for mode in GenerationMode:
            yield operation, mode


@pytest.fixture(scope="module")
def known(operations: list[Any]) -> Callable[[Any], None]:
    """Makes a case ask for what is there: made-up ids, articles and cursors are answered with 404 and 422 only."""
    asked = {(each.method.upper(), each.path): each for each in operations}

    def sent(method: str, path: str, **values: Any) -> Any:
        return asked[method, path].Case(**values).call(headers=BEARER).json()

    claim = sent("GET", "/api/claims")["items"][0]["id"]
    sent("POST", "/api/judgements", media_type="application/json", body={"verdict": "confirmed", "subject": claim})
    job = sent("POST", "/api/articles", media_type="text/plain", body="Talks.", query={"wait": 5})["job"]
    ids = {"/api/jobs/{id}": job["id"], "/api/explain/{id}": claim}
    for method, path in asked:
        if method == "GET" and path.endswith("/{id}") and path not in ids:
            ids[path] = sent("GET", path.removesuffix("/{id}"))["items"][0]["id"]

    def change(case: Any) -> None:
        path = case.operation.path
        if path in ids and case.method == "GET":
            case.path_parameters["id"] = ids[path]
        if path == "/api/sources/{outlet}":
            case.path_parameters["outlet"] = "gazette.example"
        for name in ("article", "after"):
            case.query.pop(name, None)
        if "type" in case.query:
            case.query["type"] = ["CONSULT", "REQUEST"]
        if isinstance(case.body, dict) and "subject" in case.body:
            case.body["subject"] = claim

    return change


def ask(operation: Any, mode: GenerationMode, most: int, answered: Counter[int], known: Callable[[Any], None]) -> None:
    """Makes requests for one route; three in four well formed ones ask for what is there."""

    @settings(
        deadline=None, derandomize=True, max_examples=most, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and answered.total() % 4:
            known(case)
        response = case.call(headers=BEARER)
        # Any bytes at all are a text, and an address that is too long is refused before it is read.
        any_will_do = str(case.media_type or "").startswith("text/") or response.status_code == 414
        excluded = [negative_data_rejection] if any_will_do else []
        case.validate_response(response, checks=CHECKS, excluded_checks=excluded)
        answered[response.status_code] += 1

    check()


def test_the_server_does_as_it_says(operations: list[Any], known: Callable[[Any], None]) -> None:
    assert len(operations) == ROUTES
    answered: Counter[int] = Counter()
    most = max(FEW, -(-CASES // (2 * len(operations) - SMALL)))
    for operation, mode in cases(operations):
        ask(operation, mode, most, answered, known)
    print(f"{answered.total()} requests: {dict(sorted(answered.items()))}")
    assert answered.total() >= CASES
    assert answered[200] > answered.total() / 5

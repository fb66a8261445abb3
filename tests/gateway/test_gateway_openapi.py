"""The published description of the REST API is what the service answers."""

import json
from pathlib import Path

from peppol_gateway.app import create_app

PUBLISHED = Path(__file__).parents[2] / "docs" / "gateway-openapi.json"


def test_the_published_description_is_the_services_own(pair):
    served = pair.alice.http.get("/openapi.json").json()
    assert served == create_app(pair.alice.service).openapi()
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == served, (
        "docs/gateway-openapi.json is not up to date: write /openapi.json there, and ./dev lint --fix"
    )


def test_every_operation_but_health_needs_the_token(pair):
    description = pair.alice.http.get("/openapi.json").json()
    asked = 0
    for path, operations in description["paths"].items():
        for method in operations:
            answer = pair.alice.http.request(
                method.upper(),
                path.replace("{id}", "x").replace("{participant}", "x"),
                headers={"Authorization": "Bearer no"},
            )
            if path == "/health":
                continue
            assert (answer.status_code, answer.json()["kind"]) == (401, "unauthorised"), path
            asked += 1
    assert asked > 15

"""Discord's published API description, asked whether a request body is one that Discord takes."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, validators
from referencing import Registry
from referencing.jsonschema import DRAFT202012, SchemaRegistry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

SPEC_FILE = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"
_SPEC_NAME = "urn:discord"
_METHODS = frozenset({"get", "put", "post", "patch", "delete"})

# The description says that a snowflake is a string; Discord takes whole numbers too, and
# discord.py sends them in message references.
_SNOWFLAKE = {
    "anyOf": [
        {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
        {"type": "integer", "minimum": 0},
    ]
}


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API: a method, and a path with its variable parts in braces."""

    method: str
    template: str
    pattern: re.Pattern[str]
    takes_body: bool


class Spec:
    """The description, read once; `request_errors` is cheap (a millisecond a body)."""

    def __init__(self, document: dict[str, object]) -> None:
        schemas = _mapping(_mapping(document["components"])["schemas"])
        schemas["SnowflakeType"] = _SNOWFLAKE
        self._validator_class = _choosing_validator(_read_kinds(schemas))
        self._routes = sorted(_read_routes(document), key=lambda route: route.template.count("{"))
        resource = DRAFT202012.create_resource(document)
        self._registry: SchemaRegistry = Registry().with_resource(_SPEC_NAME, resource)
        self._validators: dict[Route, Validator] = {}

    def find_route(self, method: str, path: str) -> Route | None:
        """Give the operation behind a path; one with fewer variable parts comes first."""
        return next(
            (r for r in self._routes if r.method == method.lower() and r.pattern.fullmatch(path)),
            None,
        )

    def request_errors(self, method: str, path: str, body: Any) -> list[str]:  # noqa: ANN401  # JSON
        """Say in a line each what Discord would refuse; none means that it takes the request."""
        route = self.find_route(method, path)
        if route is None:
            return [f"{method} {path}: no such route"]
        if not route.takes_body:
            return [] if body is None else [f"{method} {path}: takes no body"]
        errors = self._validator(route).iter_errors(body)
        return [f"{method} {route.template}: {explain_error(error)}" for error in errors]

    def _validator(self, route: Route) -> Validator:
        if route not in self._validators:
            steps = ("paths", route.template, route.method, "requestBody")
            pointer = "/".join(map(_escape, (*steps, "content", "application/json", "schema")))
            schema = {"$ref": f"{_SPEC_NAME}#/{pointer}"}
            self._validators[route] = self._validator_class(schema, registry=self._registry)
        return self._validators[route]


@cache
def load_spec() -> Spec | None:
    """Read the description, or give none where the file is not at hand."""
    if not SPEC_FILE.is_file():
        return None
    return Spec(json.loads(SPEC_FILE.read_text("utf-8")))


def explain_error(error: ValidationError) -> str:
    """Name the place and the rule, following unions into the branch that was meant."""
    while error.context:
        error = min(_meant_branch(error.context), key=lambda e: -len(e.absolute_path))
    place = "/".join(map(str, error.absolute_path)) or "the body"
    if error.validator == "required":
        return f"{place}: {error.message}"
    return f"{place}: breaks {error.validator} {str(error.validator_value)[:80]}"


def _meant_branch(errors: Iterable[ValidationError]) -> list[ValidationError]:
    """Of a union's branches, take the one whose `type` fits and which has the fewest errors."""
    branches: dict[object, list[ValidationError]] = defaultdict(list)
    for error in errors:
        branches[error.schema_path[0]].append(error)
    return min(branches.values(), key=lambda branch: (any(map(_wrong_kind, branch)), len(branch)))


def _wrong_kind(error: ValidationError) -> bool:
    """Whether the error says that another branch was meant: its `type` differs, or its shape."""
    path = error.relative_path
    return error.validator == "type" or (bool(path) and path[-1] == "type")


def _read_kinds(schemas: Mapping[str, object]) -> dict[str, list[object]]:
    """Which values of `type` each schema is for, by the reference that names it."""
    kinds = {}
    for name, schema in schemas.items():
        kind = _mapping(_mapping(schema).get("properties", {})).get("type", {})
        if "enum" in _mapping(kind):
            kinds[f"#/components/schemas/{name}"] = _mapping(kind)["enum"]
    return {reference: values for reference, values in kinds.items() if isinstance(values, list)}


def _choosing_validator(kinds: Mapping[str, list[object]]) -> Any:  # noqa: ANN401  # jsonschema's is untyped
    """Build a validator that tries of a union only the branches that the value's `type` allows.

    A component would otherwise be held against every kind of component, at each depth anew.
    """

    def fits(branch: Mapping[str, object], value: object) -> bool:
        if "const" in branch or not isinstance(value, dict):
            return branch.get("const", value) == value
        values = kinds.get(str(branch.get("$ref")))
        return branch.get("type") != "null" and (values is None or value.get("type") in values)

    def choose(keyword: str) -> Callable[..., Iterator[ValidationError]]:
        check = Draft202012Validator.VALIDATORS[keyword]

        def checked(
            validator: Validator, branches: list[dict[str, object]], value: object, schema: object
        ) -> Iterator[ValidationError]:
            fitting = [branch for branch in branches if fits(branch, value)]
            yield from check(validator, fitting or branches, value, schema)

        return checked

    unions = {keyword: choose(keyword) for keyword in ("oneOf", "anyOf")}
    return validators.extend(Draft202012Validator, unions)  # type: ignore[no-untyped-call]  # as above


def _read_routes(document: Mapping[str, object]) -> Iterable[Route]:
    for template, operations in _mapping(document["paths"]).items():
        pattern = re.compile(re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(template)))
        for method in _METHODS & _mapping(operations).keys():
            takes_body = "requestBody" in _mapping(_mapping(operations)[method])
            yield Route(method, template, pattern, takes_body)


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"the API description holds {type(value).__name__} for a mapping")
    return value


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")

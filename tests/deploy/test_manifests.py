"""The files that deploy the bot: of the right shape, and of one mind with the program."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_spec import PyCompose
from kubernetes_validate import latest_version, validate

from bot.monitoring.metrics import Metrics
from bot.settings import (
    DATABASE,
    ENGINE_KEY,
    ENGINE_PASSWORD,
    ENGINE_USER,
    TOKEN,
    list_keys,
)
from bot.shards import Shards
from tests.bot.monitoring.test_metrics import ASKED, STATE

DEPLOY = Path(__file__).parents[2] / "deploy"
GUIDE = DEPLOY.parent / "docs" / "operating.md"
MANIFESTS = [
    pytest.param(document, id=f"{path.stem} {document['kind']}")
    for path in sorted((DEPLOY / "kubernetes").glob("*.yaml"))
    for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]
VARIABLES = {f"CLIPPINGS_{key.replace('.', '__')}".upper() for key in list_keys()}
VARIABLES |= {DATABASE, TOKEN, ENGINE_USER, ENGINE_PASSWORD, ENGINE_KEY}


def read_compose(name: str = "compose.yaml") -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))
    return found


def read_figures() -> set[str]:
    """The names of all figures that a running bot gives."""
    metrics = Metrics()
    metrics.note(ASKED)
    text = metrics.render(STATE).decode()
    return set(re.findall(r"^(\w+)(?:\{| )", text, re.MULTILINE))


def assert_whole(shards: list[str]) -> None:
    """The processes hold each shard once."""
    parsed = [Shards.parse(one) for one in shards]
    (count,) = {one.count for one in parsed}
    held = sorted(n for one in parsed for n in range(one.first, one.last + 1))
    assert held == list(range(count))


@pytest.mark.parametrize("name", ["compose.yaml", "compose.engine.yaml"])
def test_a_compose_file_is_of_the_specification(name: str) -> None:
    PyCompose.from_json(json.dumps(read_compose(name))).validate()


def test_the_engine_is_set_for_every_gateway_and_each_node_has_its_certificate() -> None:
    services = read_compose("compose.engine.yaml")["services"]
    nodes = {name: service for name, service in services.items() if name.startswith("opensearch")}
    gateways = {name for name in read_compose()["services"] if name.startswith("gateway")}
    assert services.keys() - nodes.keys() == gateways
    for name, node in nodes.items():
        files = [value for key, value in node["environment"].items() if "pemkey" in key]
        assert files == [f"certificates/{name}-key.pem"] * 2
        assert node["environment"]["node.name"] == name
    assert set(services["gateway-0"]["environment"]) <= VARIABLES


@pytest.mark.skipif(not shutil.which("openssl"), reason="no openssl here")
def test_certificates_are_made_that_their_authority_vouches_for(tmp_path: Path) -> None:
    subprocess.run([DEPLOY / "make-certificates", tmp_path, "opensearch-0"], check=True)
    verify = ["openssl", "verify", "-verify_hostname", "opensearch-0", "-CAfile"]
    subprocess.run([*verify, tmp_path / "authority.pem", tmp_path / "opensearch-0.pem"], check=True)
    assert (tmp_path / "opensearch-0-key.pem").stat().st_mode & 0o077 == 0


def test_the_compose_file_sets_what_there_is_to_set_and_every_shard_once() -> None:
    services = read_compose()["services"]
    gateways = [service for name, service in services.items() if name.startswith("gateway")]
    assert_whole([gateway["command"][2] for gateway in gateways])
    for gateway in gateways:
        assert set(gateway["environment"]) <= VARIABLES
        assert all(name.split(":")[0] in read_compose()["volumes"] for name in gateway["volumes"])


@pytest.mark.parametrize("manifest", MANIFESTS)
def test_a_manifest_is_one_that_kubernetes_takes(manifest: dict[str, Any]) -> None:
    validate(manifest, latest_version(), strict=True)


def test_the_pods_hold_every_shard_once_and_find_their_settings() -> None:
    found = {(each["kind"], each["metadata"]["name"]): each for (each,) in map(_values, MANIFESTS)}
    gateway = found["StatefulSet", "clippings-gateway"]["spec"]
    (container,) = gateway["template"]["spec"]["containers"]
    assert "$((pod * 4))-$((pod * 4 + 3))/16" in container["args"][0]
    assert_whole([f"{pod * 4}-{pod * 4 + 3}/16" for pod in range(gateway["replicas"])])
    assert {each["name"] for each in container["env"]} <= VARIABLES
    assert set(found["ConfigMap", "clippings"]["data"]) <= VARIABLES


def _values(parameters: Any) -> tuple[Any, ...]:  # noqa: ANN401  # pytest's own
    values: tuple[Any, ...] = parameters.values
    return values


def test_the_dashboard_shows_figures_that_there_are() -> None:
    dashboard = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    assert names_in(asked) <= read_figures()
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])


def test_every_alarm_asks_for_a_figure_that_there_is_and_is_explained() -> None:
    (group,) = yaml.safe_load((DEPLOY / "alarms.yaml").read_text(encoding="utf-8"))["groups"]
    assert names_in(rule["expr"] for rule in group["rules"]) <= read_figures()
    guide = GUIDE.read_text(encoding="utf-8")
    assert [rule["alert"] for rule in group["rules"] if f"`{rule['alert']}`" not in guide] == []


def names_in(expressions: Any) -> set[str]:  # noqa: ANN401  # any texts
    return set(re.findall(r"\b(?:clippings|process)_\w+", " ".join(expressions)))


def test_the_guide_names_only_what_there_is() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert set(re.findall(r"CLIPPINGS_[A-Z_]+", guide)) <= VARIABLES
    for path in re.findall(r"\]\(\.\./([^)#]+)\)", guide):
        assert (DEPLOY.parent / path).exists(), path

"""Rules for single lines: ignores with reasons, no broad except, no print, no ping, no pickle."""

from __future__ import annotations

import ast
import re
import tokenize
from io import StringIO
from typing import TYPE_CHECKING

from tests.house.source import PROJECT, Module, imports, modules

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERY = modules("retrieval", "bot", "tests")
OURS = modules("retrieval", "bot")

IGNORE = re.compile(r"#\s*(?:noqa|type:\s*ignore|pragma|fmt:\s*(?:off|skip))\b.*")
ARGUED = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])\s+# \S.*|# fmt: skip$")

# Where anything may be caught: the outermost edges, where else a person would see nothing, and the
# two places that must undo a transaction before the same exception goes on.
LOGGED = "discord.py would only log it; here the person gets an answer too"
EDGES = {
    "bot/cli/main.py": "the command's last line of defence: one line and an exit code",
    "bot/discord_bot/interactions.py": LOGGED,
    "bot/discord_bot/messages.py": LOGGED,
    "bot/feeds/loop.py": "one feed must not silence the others; the log has the traceback",
    "bot/feeds/parsing.py": "what strangers publish trips the parser in ways that nobody can list",
    "bot/store/sqlite.py": "rolls back and raises again",
}
BROAD = {"Exception", "BaseException"}

WRITERS = (
    "bot/cli/",
    "bot/cli/terminal.py",
    "retrieval/evaluation/",
)  # the last: scripts run by hand
PINGING = "bot/discord_bot/delivery.py"  # the one send that may ping, and whom
ALLOWED = "discord.AllowedMentions(everyone=False, users=False, roles=[role], replied_user=False)"
SENDERS = {
    "send", "reply", "send_message", "edit_message", "edit_original_response", "edit",
}  # fmt: skip


def test_every_ignore_is_argued() -> None:
    ignores = {
        f"{module.place}: {line.strip()}"
        for module in EVERY
        for line in comments(module)
        if IGNORE.search(line)
    }
    assert {line for line in ignores if not ARGUED.search(line)} == set()


def comments(module: Module) -> Iterator[str]:
    """Every comment of a module, with no string that looks like one."""
    tokens = tokenize.generate_tokens(StringIO(module.text).readline)
    return (token.string for token in tokens if token.type == tokenize.COMMENT)


def test_every_ignore_of_the_project_is_argued() -> None:
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    lint = text.split("[tool.ruff.lint]")[1].split("[tool.ruff.lint.flake8")[0]
    ignored = [line for line in lint.splitlines() if re.search(r'^\s+"[A-Z]+\d*"|= \["[A-Z]', line)]
    assert ignored
    chosen = ("select = ", "[tool")
    assert [line for line in ignored if "#" not in line and not line.startswith(chosen)] == []


def test_only_an_edge_catches_anything() -> None:
    broad = {
        module.place
        for module in OURS
        for found in ast.walk(module.tree)
        if isinstance(found, ast.ExceptHandler) and _is_broad(found)
    }
    assert broad == set(EDGES)


def _is_broad(found: ast.ExceptHandler) -> bool:
    if found.type is None:
        return True
    names = found.type.elts if isinstance(found.type, ast.Tuple) else [found.type]
    return any(isinstance(name, ast.Name) and name.id in BROAD for name in names)


def test_only_the_command_line_writes_to_the_streams() -> None:
    writers = {
        module.place
        for module in OURS
        if re.search(r"sys\.std(out|err)", module.text)
        or any(ast.unparse(call.func) == "print" for call in calls(module))
    }
    assert {place for place in writers if not place.startswith(WRITERS)} == set()


def test_whatever_is_sent_or_changed_pings_nobody_but_the_role_of_an_alert() -> None:
    careless = [
        module.place
        for module in modules("bot/discord_bot")
        for call in calls(module)
        if _is_send(call) and not _pings_nobody(call)
    ]
    assert careless == [PINGING]


def test_no_mention_is_allowed_elsewhere() -> None:
    allowing = [
        f"{module.place}: {ast.unparse(call)}"
        for module in modules("bot")
        for call in calls(module)
        if ast.unparse(call.func).endswith("AllowedMentions")
    ]
    assert allowing == [f"bot/discord_bot/parcels.py: {ALLOWED}"]


def _is_send(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in SENDERS


def _pings_nobody(call: ast.Call) -> bool:
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    mentions = given.get("allowed_mentions", "")
    return mentions.endswith("NOBODY") or mentions == "discord.AllowedMentions.none()"


def test_nobody_is_nobody() -> None:
    named = [
        ast.unparse(found.value)
        for module in modules("bot")
        for found in ast.walk(module.tree)
        if isinstance(found, ast.Assign) and ast.unparse(found.targets[0]) == "NOBODY"
    ]
    assert set(named) == {"discord.AllowedMentions.none()"}


def test_the_event_loop_is_left_at_one_line() -> None:
    leaving = [
        f"{module.place}:{call.lineno}"
        for module in modules("bot")
        for call in calls(module)
        if ast.unparse(call.func).endswith(("to_thread", "run_in_executor"))
    ]
    assert len(leaving) == 1, leaving


def test_nothing_is_pickled() -> None:
    names = {
        f"{module.place}: {name}"
        for module in OURS
        for name in imports(module)
        if name.split(".")[0] in {"pickle", "joblib", "dill", "shelve"}
    }
    allowed = {module.place for module in OURS if "allow_pickle=True" in module.text}
    assert (names, allowed) == (set(), set())


def test_no_path_of_one_machine_stands_in_the_source() -> None:
    paths = re.compile(r"[\"'](/work|/home|/root|/Users)/")
    assert {module.place for module in EVERY if paths.search(module.text)} == set()


def calls(module: Module) -> Iterator[ast.Call]:
    return (found for found in ast.walk(module.tree) if isinstance(found, ast.Call))

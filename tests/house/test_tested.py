"""Each module has a test file of its name, or stands in a list that says what tests it."""

from __future__ import annotations

from fnmatch import fnmatch

from tests.house.source import PROJECT, modules

# By path: what tests it through the door that its room opens.
TESTED_THROUGH = {
    "bot/cli/*": "test_commands, test_bad_input and test_process run every command",
    "bot/desk/*": "test_desk and test_lookup ask the desk, which alone calls the rest of its room",
    "bot/discord_bot/commands/*": "scenes run every command: test_commands, test_about, …",
    "bot/discord_bot/*": "scenes: test_messages, test_buttons, test_desk_settings; tests/wire",
    "bot/feeds/*": "test_feeds polls a server on loopback",
    "bot/monitoring/*": "test_metrics, test_web and test_json_logs; test_monitoring on the wire",
    "bot/replies/*": "test_answers, test_listings and test_stories render what the rest builds",
    "bot/shards.py": "test_settings reads them",
    "bot/store/*": "test_parts and test_store use every part as the bot does",
    "bot/wording/*": "test_wording reads every catalogue",
    "retrieval/answering/*": "test_answer and test_answers_on_seeds ask through all of it",
    "retrieval/dates/*": "test_windows reads every form of a day, and the rest reads a part of one",
    "retrieval/errors.py": "a tree of classes",
    "retrieval/evaluation/*": "test_benchmark, test_bench; scripts that run by hand for hours",
    "retrieval/index/*": "test_snapshot, test_parity and test_crash try the whole",
    "retrieval/model.py": "records",
    "retrieval/reports.py": "records",
    "retrieval/question/*": "test_question and test_form read questions whole",
    "retrieval/reading/*": "test_parsing, test_found_files, test_oddities read files of all kinds",
    "retrieval/stories/*": "test_finding, test_clustering and test_chapters tell stories of a town",
    "retrieval/text/*": "tables, and parts of what test_analysis and test_boilerplate cut",
}
# A room in which more modules than this lean on the tests of others has lost its map.
LARGEST_SHARE = 0.75


def untested() -> dict[str, str]:
    """Module by path -> the pattern that argues for it, "" where none does."""
    found = {}
    for module in modules("retrieval", "bot"):
        own = PROJECT / "tests" / module.path.relative_to(PROJECT).parent
        if module.path.stem.startswith("__") or (own / f"test_{module.path.name}").is_file():
            continue
        found[module.place] = next((p for p in TESTED_THROUGH if fnmatch(module.place, p)), "")
    return found


def test_every_module_is_tested_by_a_file_that_can_be_found() -> None:
    assert {place for place, pattern in untested().items() if not pattern} == set()


def test_the_tests_that_are_named_are_there() -> None:
    names = {path.stem for path in (PROJECT / "tests").rglob("test_*.py")}
    named = {
        word.strip(",;:.")
        for argument in TESTED_THROUGH.values()
        for word in argument.split()
        if word.startswith("test_")
    }
    assert named <= names


def test_no_room_leans_on_a_few_tests() -> None:
    """The rooms that hold the thinking have most of their own."""
    for room in ("retrieval/index", "retrieval/stories", "retrieval/text", "bot/store"):
        every = [m for m in modules(room) if not m.path.stem.startswith("__")]
        without = [place for place in untested() if place.startswith(f"{room}/")]
        assert len(without) <= LARGEST_SHARE * len(every), room

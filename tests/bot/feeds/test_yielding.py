"""Long work of a thread lets the others have their turn."""

from __future__ import annotations

import sys
from threading import Thread

from bot.feeds.yielding import take_turns


def test_others_run_between_two_things() -> None:
    before = sys.getswitchinterval()
    seen: list[str | int] = []
    sys.setswitchinterval(60)  # nothing is taken from a thread that does not give it
    try:
        others = iter([Thread(target=seen.append, args=(n,)) for n in range(3)])
        for thing in take_turns("abc", 0):
            seen.append(thing)
            other = next(others)
            other.start()
    finally:
        sys.setswitchinterval(before)
    assert seen == ["a", 0, "b", 1, "c", 2] or seen[:4] == ["a", 0, "b", 1]


def test_what_is_one_thing_waits_for_nothing() -> None:
    assert list(take_turns("a")) == ["a"]

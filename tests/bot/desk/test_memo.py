"""A memo keeps what was used last."""

from __future__ import annotations

from bot.desk.memo import Memo


def test_a_value_is_made_once_while_it_is_kept() -> None:
    memo: Memo[object] = Memo(2)
    first = memo.get("a", object)
    assert memo.get("a", object) is first


def test_the_value_used_longest_ago_is_dropped_first() -> None:
    memo: Memo[object] = Memo(2)
    a, b = memo.get("a", object), memo.get("b", object)
    assert memo.get("a", object) is a
    memo.get("c", object)
    assert memo.get("a", object) is a
    assert memo.get("b", object) is not b

"""The context of a conversation as text, so that a store can keep it between two turns."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from retrieval.model import Context

if TYPE_CHECKING:
    from retrieval.model import Form

_LISTS = ("entities", "attribute", "articles", "answers")
NO_CONTEXT = Context()


def render_context(context: Context) -> str:
    """The context as one line of JSON, "" for an empty one."""
    if context == NO_CONTEXT:
        return ""
    told: dict[str, object] = {"question": context.question, "form": context.form}
    told |= {name: list(getattr(context, name)) for name in _LISTS if getattr(context, name)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def parse_context(text: str) -> Context:
    """The context that `render_context` wrote; other words are the names of what was spoken of."""
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        return Context(question=text, entities=(text,)) if text.strip() else NO_CONTEXT
    lists = {name: _strings(told.get(name)) for name in _LISTS}
    return Context(
        question=str(told.get("question", "")),
        form=cast("Form", str(told.get("form", "fact"))),
        entities=lists["entities"],
        attribute=lists["attribute"],
        articles=lists["articles"],
        answers=lists["answers"],
    )


def _strings(told: object) -> tuple[str, ...]:
    return tuple(str(one) for one in told) if isinstance(told, list) else ()

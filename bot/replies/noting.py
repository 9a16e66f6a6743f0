"""What an answer's notes say, in the words of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.blocks import NOTE_LIMIT, Note
from bot.replies.citing import OUTLET_LIMIT
from bot.replies.cutting import cut_line

if TYPE_CHECKING:
    from bot.wording import Wording
    from retrieval.model import AnswerNote


def describe_note(note: AnswerNote, wording: Wording) -> Note:
    """Say one note: "Nothing from Example Wire on this; from other outlets:"."""
    outlet = cut_line(note.outlet, OUTLET_LIMIT)
    match note.kind:
        case "corrected":
            said = wording.say("note.corrected", searched=note.searched, asked=note.asked)
        case "other_outlets":
            said = wording.say("note.other_outlets", outlet=outlet)
        case "other_days":
            said = wording.say("note.other_days")
        case "all_coverage":
            days = "outlet_and_days" if outlet else "days"
            said = wording.say(f"note.without_{days if note.window else 'outlet'}", outlet=outlet)
        case "first_report":
            said = _describe_reports(note, wording)
    return Note(cut_line(said, NOTE_LIMIT))


def _describe_reports(note: AnswerNote, wording: Wording) -> str:
    outlet = cut_line(note.outlet, OUTLET_LIMIT) or wording.say("note.unnamed_outlet")
    day = wording.day(note.day) if note.day else wording.say("reply.undated")
    others = [cut_line(name, OUTLET_LIMIT) for name in note.others]
    if not others:
        return wording.say("note.only_report", outlet=outlet, day=day)
    named = wording.join(others)
    if note.unnamed:
        named = wording.say("reply.and_more", outlets=", ".join(others), n=note.unnamed)
    return wording.say("note.first_report", outlet=outlet, day=day, others=named)

"""Sentences that no reader would call part of the report."""

from __future__ import annotations

import re

_PHRASES = re.compile(
    r"""\b(?:sign\ up\ (?:for|to|here|now)|subscribe\ (?:to|now|here|today)|newsletter|read\ more
    |read\ (?:the\ full|our|also|next)|click\ (?:here|on)|tap\ here|cookies?\ (?:policy|settings|on)
    |(?:we|site)\ uses?\ cookies|privacy\ policy|terms\ of\ (?:use|service)|all\ rights\ reserved
    |follow\ (?:us|him|her|them|@\w+)|share\ this|log\ ?in\ to|create\ (?:an|a\ free)\ account
    |(?:photo|image|picture)(?:\ credit|\ by|s?\ courtesy)|getty\ images|file\ photo|reporting\ by
    |editing\ by|contributed\ to\ this\ (?:report|story)|opinions\ expressed|support\ local\ journalism
    |download\ (?:the|our)\ app|watch\ (?:the\ video|below|now|live)|advertisement|sponsored\ content
    |affiliate\ links?|this\ (?:article|story)\ (?:was\ originally|has\ been\ (?:corrected|updated))
    |what\ do\ you\ think\?|leave\ a\ comment|join\ the\ (?:conversation|discussion)
    |see\ also|related\ (?:stories|articles|reading|content)|suggested\ read|further\ reading
    |more\ from|don[’']t\ miss|stay\ up\ to\ date|contact\ us|jump\ to\ (?:comments|recipe)
    |is\ a\ registered\ trademark|editor[’']s\ note|correction:|disclaimer:?|in\ your\ inbox)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MARKS = re.compile(
    r"https?://\S+$|^\W*$|^\[[^\]]*\]:|^(?:via|source|copyright|©)\b", re.IGNORECASE
)
# A credit line: "Jane Doe/Reuters", "(AP Photo/John Doe)".
_CREDIT = re.compile(r"(?:^|\()[A-Z][\w. ]{2,40}/\s?[A-Z][\w ]{2,30}\)?$")
_ENDS = tuple('.!?…。！？"”’»)')


def is_boilerplate(sentence: str) -> bool:
    """Whether a sentence asks the reader to do something, credits a picture, or is page furniture."""
    return bool(_PHRASES.search(sentence) or _MARKS.search(sentence) or _CREDIT.search(sentence))


def is_unfinished(sentence: str) -> bool:
    """Whether a line has no ending mark: a heading, a caption or a cut-off excerpt."""
    return not sentence.endswith(_ENDS)

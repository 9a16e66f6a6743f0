"""Which kind of answer a question wants."""

# ruff: noqa: RUF001, SIM905  # typographic marks are meant, and long lists read as words

from __future__ import annotations

import re
from typing import Literal

AnswerKind = Literal[
    "person",
    "outlet",
    "organisation",
    "place",
    "date",
    "duration",
    "number",
    "amount",
    "percent",
    "yes-no",
    "reason",
    "list",
    "definition",
    "statement",
    "news",
    "title",
    "thing",
]

_NOUNS: dict[AnswerKind, str] = {
    "outlet": "outlet newspaper publication",
    "person": """person people man woman boy girl actor actress star singer rapper musician artist
        president minister leader politician senator governor lawmaker congressman congresswoman
        celebrity author writer player footballer quarterback coach athlete boxer swimmer runner
        champion director producer comedian host designer chef billionaire founder ceo executive
        official officer judge justice lawyer king queen prince princess duke royal pope candidate
        nominee mayor mp member scientist researcher journalist activist suspect winner successor
        model influencer personality legend owner father mother son daughter husband wife duo""",
    "place": """country nation state city town village island continent county region province
        territory capital borough district river lake mountain park beach venue stadium airport
        street location place destination planet sea ocean area neighbourhood neighborhood
        republic kingdom area areas countries states cities""",
    "organisation": """company firm manufacturer maker automaker carmaker retailer chain brand bank
        business startup team club franchise party university school college agency organization
        organisation group airline network platform app band institution department ministry
        newspaper union charity league restaurant giant store service website corporation studio
        companies teams federation museum hospital church""",
    "date": "year day month date decade century weekday holiday season",
    "title": """movie film show song album book novel series podcast opera game musical play hit
        single sitcom drama documentary track ballad painting word title magazine""",
    "percent": "percent percentage proportion fraction",
    "amount": "price cost fine salary sum budget",
    "number": "number magnitude age rank size speed temperature distance score total",
    "reason": "reason cause",
}
_KIND_OF_NOUN: dict[str, AnswerKind] = {
    noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()
}
_PATTERNS: dict[AnswerKind, str] = {
    "news": r"what(?:'s|’s| is| was)? (?:new|happening|the latest)|any (?:news|updates?)",
    "outlet": r"""who(?: else)?(?: first)? (?:reported|broke|covered|published|wrote about)
        |which (?:outlets?|newspapers?|papers?|publications?|sites?|media)\b""",
    "statement": r"""what (?:did|does|do|has|have) .{1,80}? (?:say|said|write|written|claim|tell
        |announce|comment|argue|warn|think)\b""",
    "reason": r"""\bwhy\b|\bhow come\b|for what reason|what (?:caused|led to|prompted|triggered)
        |(?:due to|because of) (?:what|which)""",
    "percent": r"""(?:what|which|how (?:much|many)|by what) (?:percent|per cent|percentage|share
        |proportion|fraction)""",
    "duration": r"how long|how soon|(?:for|in) how many (?:years|months|weeks|days|hours|minutes)",
    "date": r"\bwhen\b|how (?:recently|early|late)|what time|since:",
    "amount": r"""how much|how expensive|what (?:price|sum|salary)|(?:cost|worth|pay|paid) what
        |(?:price|cost|value|fine) of .{1,60}\?""",
    "number": r"""how many|how (?:old|tall|high|big|large|far|fast|often|deep|hot|cold|heavy|wide)
        |what (?:age|number|magnitude|score)""",
    "place": r"\bwhere\b|(?:from|in|to|at) which (?:country|city|state)",
    "person": r"\bwho(?:m|se)?\b",
    "list": r"^\s*(?:list|name) |which of (?:the|these|them)|what are the",
    "definition": r"""^\s*(?:what|who)(?:'s|’s| is| are) (?:an? |the )?[\w .’'-]{2,40}\?*\s*$
        |what (?:does|do) .{1,60} (?:mean|stand for)|\bdefine\b""",
}
# In this order, the first that fits.
_RULES = tuple(
    (kind, re.compile(re.sub(r"\n\s+", "", pattern), re.IGNORECASE))
    for kind, pattern in _PATTERNS.items()
)
# "which of these bands", "what type of loan", "which one of its products": the noun comes after.
_WHICH = re.compile(
    r"\b(?:which|what|whose|how many)"
    r"(?:\s+(?:type|kind|sort|form|one|two|three)s?(?=\s+of\b))?"
    r"(?:\s+of(?:\s+(?:the|these|those|its|his|her|their))?(?:\s+following)?)?"
    r"((?:\s+[\w’'.-]+){1,6})",
    re.IGNORECASE,
)
_HEAD_ENDS = frozenset(
    """is are was were be been has have had did does do will would can could should may might must
    of in on at to for from with by about that who which this these those its his her their
    announced said recently just won became wins says plans took made led lost got left set
    now remains remain becomes become tends tend seems seem appears wants hopes saw showed bears
    it he she they and or as over after before not""".split()
)
# What a clause that asks "who" asks for may still be a thing, where the word only joins a clause on
# ("the man who was trying to …"): then it follows a noun. It asks after these, or where it opens.
_ASK_AFTER = frozenset(
    """to from with for by of in on at and but or so since until about as after before than over
    against between most is are was were exactly into""".split()
)
_JOINABLE = re.compile(r"(?P<before>[^\s,;:—–]+)\s+(?:who|whom|whose|where|when)\b", re.IGNORECASE)
# The kinds whose question words may also join one clause to another.
_JOINING = frozenset(("person", "place", "date"))
_WHOSE = re.compile(r"\bwhose\b", re.IGNORECASE)
_GROUPS_OF_PEOPLE = frozenset(("children", "women", "men", "people"))
_COUNTS = re.compile(
    r"\bhow (?:many|much)\b|\bwhich (?:outlets?|newspapers?|papers?|publications?|sites?|media)\b",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    r"^\W*(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should"
    r"|may|might|must)(?:n[’']t)?\b",
    re.IGNORECASE,
)
_LAST_SENTENCE = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[A-Z“\"‘])")
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)


def find_kind(text: str) -> AnswerKind:
    """The kind of answer that the asking clause of a question wants; "thing" where no rule fits."""
    clause = asking_clause(text)
    if _YES_NO.match(clause):
        return "yes-no"
    focus = find_focus(text)
    focus_kind = _kind_of_noun(focus)
    if focus_kind and not _COUNTS.search(clause):
        return focus_kind
    asked = _without_joined_clauses(clause)
    kind: AnswerKind = next((kind for kind, rule in _RULES if rule.search(asked)), "thing")
    return "thing" if focus and kind in _JOINING and not _WHOSE.search(clause) else kind


def _kind_of_noun(noun: str) -> AnswerKind | None:
    singulars = (noun, noun.removesuffix("s"), noun.removesuffix("es"))
    return next((_KIND_OF_NOUN[word] for word in singulars if word in _KIND_OF_NOUN), None)


def _without_joined_clauses(clause: str) -> str:
    """The clause without each "who", "where" or "when" that asks nothing: it follows a noun."""

    def blank(found: re.Match[str]) -> str:
        asks = found["before"].lower() in _ASK_AFTER or clause[found.end() :].strip(" ?.!") == ""
        return found.group() if asks else found["before"]

    return _JOINABLE.sub(blank, clause)


def find_focus(text: str) -> str:
    """The noun that the question asks for ("Which state capital is …": capital), or ""."""
    found = _WHICH.search(asking_clause(text))
    if not found:
        return ""
    words: list[str] = []
    for word in found.group(1).lower().split():
        bare = re.sub(r"[’']s$", "", word.strip(".’'"))
        if bare == "to" and len(words) > 1 and not _kind_of_noun(words[-1]):
            words.pop()  # "which supermarkets plan to merge"
        if bare in _GROUPS_OF_PEOPLE and word != bare:
            continue  # "which children's book"
        if bare in _HEAD_ENDS or (words and bare.endswith("ed") and not words[-1].endswith("ly")):
            break
        words.append(bare)
        if word.endswith(("’s", "'s", ".")):
            break
    known = [word for word in words if _kind_of_noun(word)]
    return (known or words or [""])[-1]


def asking_clause(text: str) -> str:
    """The last sentence of the question that holds a question word, else the last one."""
    sentences = _LAST_SENTENCE.split(text.strip())
    return next((s for s in reversed(sentences) if _ASKS.search(s)), sentences[-1])

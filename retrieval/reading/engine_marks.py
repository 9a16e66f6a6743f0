"""What blog engines add to Markdown, made plain Markdown: tags, shortcodes, boxes, wiki links."""

from __future__ import annotations

import re

_FENCE = re.compile(
    r"(^[ \t]*(```+|~~~+)[^\n]*\n.*?(?:^[ \t]*\2[ \t]*$|\Z))", re.MULTILINE | re.DOTALL
)
_INLINE_CODE = re.compile(r"(`+)(?!`)(?:[^`\n]|\n(?!\n))+?(?<!`)\1(?!`)")
_ANY_MARK = re.compile(r"[\[{:!=?%<]|^\s*(?:import|export)\b|^\s*[-*_]{3}|\|", re.MULTILINE)

# Nothing that a person writes; parsers take time over it that grows with its length squared.
_RUN = re.compile(r"([\[\]<>{}()!])\1{40,}")
# A listing of an engine stands between fences, so that it stays code.
_LISTING_MARK = re.compile(
    r"\{%-?[ ]*(?:end)?(?:highlight|codeblock|code|sourcecode)\b[^%\n]{0,100}%\}"
    r"|\{\{<[ ]*/?[ ]*(?:highlight|code|codeblock)\b[^\n>]{0,200}>\}\}"
    r"|\[/?(?:source)?code(?:[ =][\w-]*=?[\"'][^\]\n]{0,100}|[ ]+\w+=[^\]\n]{0,100}|=\w+)?\]"
)
_LIQUID_COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)
_LIQUID = r"(?:\{%-?[^%]{0,2000}?-?%\}|\{\{[<%]?[^{}]{0,2000}?[%>]?\}\}|\{#[^#{}]{0,500}#\})"
_LIQUID_LINE = re.compile(rf"^[ \t]*(?:{_LIQUID}[ \t]*)+\n", re.MULTILINE)
_LIQUID_TAG = re.compile(_LIQUID)
_ATTRIBUTES = re.compile(r"\{:[^\n{}]+\}|(?<=[\w)\]*_`])[ \t]?\{[.#][\w.#= \"'-]{1,200}\}")
# WordPress: a box with a picture goes with its caption, any other shortcode leaves what it holds.
_CAPTION = re.compile(
    r"\[(caption|gallery|audio|video|playlist|embed)\b[^\]\n]*\]"
    r"(?:[^\[]|\[(?!/?\1\b)){0,3000}?\[/\1\]"
)
_SHORTCODE = re.compile(
    r"\[/?(?:youtube|vimeo|gallery|caption|embed|audio|video|tweet|twitter|instagram|soundcloud"
    r"|googlemaps?|contact-form(?:-\d+)?|gravityform|advertisement|ad|adsense|slideshow|gist"
    r"|wpvideo|dailymotion|spotify|polldaddy|tooltip|button|columns?|row|tabs?|accordion|toggle"
    r"|dropcap|pullquote|quote|highlight|spoiler|toc|more|divider"
    r"|clear|spacer|raw|protected|subscribe|newsletter|donate|share)"
    r"(?:[ \t=:][^\[\]\n]*)?/?\](?!\(|\[[\w-]{0,3}\])"
    r"|\[/?(?:et_pb|vc|fusion|su|av|mk|wp)_\w+(?:[ \t][^\[\]\n]*)?/?\]"
    r"|\[/?[a-z][\w-]{1,40}(?:[ \t]+[\w-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\]]+))+[ \t]*/?\](?!\()"
    r"|\[[a-z]{3,20}=https?://[^\s\]]+\]|\[/[a-z][\w-]{2,40}\]",
    re.IGNORECASE,
)
# MyST: a box between fences, and a role before inline code.
_MYST_FENCE = re.compile(
    r"^(?:```+|~~~+)\{(?:note|warning|tip|important|caution|danger|attention|hint|error|seealso"
    r"|admonition|sidebar|margin|epigraph|pull-quote)\}[ \t]*(.*)\n(?::[\w-]+:.*\n)*"
    r"((?:.*\n){0,200}?)"
    r"(?:```+|~~~+)[ \t]*$",
    re.MULTILINE,
)
_MYST_ROLE = re.compile(r"\{[\w:-]+\}`([^`<\n]*?)(?:[ \t]*<[^`<>\n]*>)?`")
# Boxes: `:::note Title`, `!!! warning "Title"`, `??? tip`, `=== "Tab"`, `> [!info] Title`.
_COLON_BOX = re.compile(
    r"^[ \t]*:{3,}[ \t]*\{?[ \t]*(?:[\w-]*|\.[\w. -]+)?\}?[ \t]*(?:\{[^\n{}]*\})?"
    r"(?:\[([^\]\n]*)\])?[ \t]*(.*?)[ \t]*:*[ \t]*$",
    re.MULTILINE,
)
_INDENTED_BOX = re.compile(
    r"^([ \t]*)(?:!!!|\?\?\?\+?|===)[ \t]+(?:[\w-]+(?:[ \t]+(?:inline|end))*)?[ \t]*"
    r"(?:\"([^\"\n]*)\")?[ \t]*$\n?"
    r"((?:^(?:\1(?: {2,4}|\t)[^\n]*|[ \t]*)(?:\n|\Z))*)",
    re.MULTILINE,
)
_CALLOUT = re.compile(r"^([ \t]*>[ \t]*)\[![\w-]+\][+-]?[ \t]*(.*)$", re.MULTILINE)
_EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]|\(\([0-9a-f-]{36}\)\)|\{\{embed [^{}]*\}\}")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]*?)(?:#\^?[^\[\]|\n]*)?\]\](?!\(|\[)")
_NOTE_COMMENT = re.compile(r"%%.{0,2000}?%%", re.DOTALL)
_HIGHLIGHT = re.compile(r"==(?=\S)([^=\n]{1,300}?)(?<=\S)==")
_BLOCK_ID = re.compile(r"(?<=\S)[ \t]+\^[\w-]{4,36}[ \t]*$", re.MULTILINE)
_EMOJI = re.compile(r"(?<![\w:/]):[a-z][a-z0-9_+-]{2,30}:(?![\w:/])")
# MDX: lines of a program, comments and components; what a component holds stays.
_PROGRAM_LINE = re.compile(
    r"^(?:import\s+(?:[\w*{][^\n;]*?\s+from\s+)?[\"'][^\"'\n]+[\"'];?|export\s+(?:\{[^}\n]*\}|\*)[^\n]*"
    r"|export\s+(?:const|let|var|default|function)\b[^\n{(]*(?:;|=[^\n{(]*;?))[ \t]*$",
    re.MULTILINE,
)
_PROGRAM_BLOCK = re.compile(
    r"^export\s+(?:const|let|var|default|async|function)\b[^\n]*[{(\[][ \t]*\n"
    r"(?:.*\n){0,200}?[})\]]+;?[ \t]*$",
    re.MULTILINE,
)
_JSX_COMMENT = re.compile(r"\{/\*(?:[^*{]|[*{](?!/))*\*/\}")
# A tag that no parser of HTML takes, for its attributes are expressions.
_BRACED = r"\{[^{}]{0,500}(?:\{[^{}]{0,500}\}[^{}]{0,500})*\}"
_COMPONENT = re.compile(rf"</?[A-Za-z][\w.]*\s(?:[^<>{{}}]*{_BRACED})+[^<>{{}}]*>|</?>")
_EXPRESSION_LINE = re.compile(r"^[ \t]*\{[^\n{}]{1,200}\}[ \t]*$", re.MULTILINE)
_EXPRESSION = re.compile(
    r"\{[\"'`] *[\"'`]\}|(?<=[\s(>])\{(?:props|frontmatter|metadata|post|page)\.[\w.]+\}"
)
# Tables whose frame no parser takes: rows of rules alone.
_RULE_ROW = re.compile(
    r"^[ \t]*[|+]?[ \t]*:?[-=]{3,}:?[ \t]*(?:[|+][ \t]*:?[-=]{3,}:?[ \t]*)+[|+]?[ \t]*$",
    re.MULTILINE,
)
_INCLUDE = re.compile(
    r"^[ \t]*(?:<!--\s*more\s*-->|<!--+.*?--+>|\\newpage|\\pagebreak|--8<--.*)[ \t]*$", re.MULTILINE
)


def drop_shortcodes(text: str) -> str:
    """The text without the shortcodes of WordPress; what they hold stays, but for captions."""
    return _SHORTCODE.sub("", _CAPTION.sub("", text)) if "[" in text else text


def plain_markdown(source: str) -> str:
    """The source with the marks of engines taken out or made Markdown; code stays as it is."""
    if not _ANY_MARK.search(source):
        return source
    source = _RUN.sub("", source)
    source = _LISTING_MARK.sub("\n```\n", source) if _LISTING_MARK.search(source) else source
    if "{" in source:
        source = _MYST_ROLE.sub(r"\1", _MYST_FENCE.sub(r"\n\1\n\n\2\n", source))
    parts = _split_code(source)
    return "".join(part if is_code else _clean(part) for part, is_code in parts)


def _split_code(source: str) -> list[tuple[str, bool]]:
    """The source in stretches of prose and of fenced code."""
    if "```" not in source and "~~~" not in source:
        return [(source, False)]
    parts: list[tuple[str, bool]] = []
    at = 0
    for found in _FENCE.finditer(source):
        parts += [(source[at : found.start()], False), (found[0], True)]
        at = found.end()
    return [*parts, (source[at:], False)]


def _clean(text: str) -> str:
    """Prose without marks; inline code waits outside until they are gone."""
    codes: list[str] = []

    def keep(found: re.Match[str]) -> str:
        codes.append(found[0])
        return f"\ue1f0{len(codes) - 1}\ue1f1"

    if "`" in text:
        text = _INLINE_CODE.sub(keep, text)
    for applies, clean in _CLEANERS:
        if applies in text:
            text = clean(text)
    if codes:
        text = re.sub("\ue1f0(\\d+)\ue1f1", lambda found: codes[int(found[1])], text)
    return text


def _clean_liquid(text: str) -> str:
    return _ATTRIBUTES.sub(
        "", _LIQUID_TAG.sub("", _LIQUID_LINE.sub("", _LIQUID_COMMENT.sub("", text)))
    )


def _clean_brackets(text: str) -> str:
    text = _WIKI_LINK.sub(r"\1", _EMBED.sub("", text)) if "[[" in text or "((" in text else text
    return _CALLOUT.sub(_open_callout, drop_shortcodes(text))


def _open_callout(found: re.Match[str]) -> str:
    """The title of a callout as a paragraph of the quotation."""
    mark, title = found.groups()
    return f"{mark}{title}\n{mark}" if title else mark


def _open_colon_box(found: re.Match[str]) -> str:
    title, rest = found[1] or "", found[2] or ""
    return "\n" + "\n\n".join(part for part in (title, rest) if part) + "\n"


def _open_indented_box(found: re.Match[str]) -> str:
    """The title of a box as a paragraph, and what it holds without its indent."""
    indent, title, held = found.groups()
    lines = [line.removeprefix(indent) for line in held.split("\n")]
    inner = "\n".join(re.sub(r"^(?: {1,4}|\t)", "", line) for line in lines)
    return f"\n{title or ''}\n\n{plain_markdown(inner)}\n"


def _clean_boxes(text: str) -> str:
    return _INDENTED_BOX.sub(_open_indented_box, text)


def _clean_program(text: str) -> str:
    text = _COMPONENT.sub("", _JSX_COMMENT.sub("", _PROGRAM_BLOCK.sub("", text)))
    return _EXPRESSION.sub("", _EXPRESSION_LINE.sub("", _PROGRAM_LINE.sub("", text)))


# What a text must hold for the cleaner to be of use, and the cleaner.
_CLEANERS = (
    ("--", lambda text: _RULE_ROW.sub(_keep_real_table, text)),
    ("={", lambda text: _COMPONENT.sub("", text)),
    ("{", _clean_liquid),
    ("import ", _clean_program),
    ("export ", _clean_program),
    ("{", _clean_program),
    ("<", lambda text: _INCLUDE.sub("", _COMPONENT.sub("", text))),
    ("[", _clean_brackets),
    ("((", _clean_brackets),
    (":::", lambda text: _COLON_BOX.sub(_open_colon_box, text)),
    ("!!!", _clean_boxes),
    ("???", _clean_boxes),
    ("===", _clean_boxes),
    ("%%", lambda text: _NOTE_COMMENT.sub("", text)),
    ("==", lambda text: _HIGHLIGHT.sub(r"\1", text)),
    (" ^", lambda text: _BLOCK_ID.sub("", text)),
    (":", lambda text: _EMOJI.sub("", text)),
)


def _keep_real_table(found: re.Match[str]) -> str:
    """A row of rules stays where a table stands around it, which the parser takes."""
    before = found.string[: found.start()].rstrip("\n").rsplit("\n", 1)[-1]
    return found[0] if "|" in before and "+" not in found[0] else ""

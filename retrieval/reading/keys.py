"""What the engines of blogs, newsrooms, aggregators and clippers call one and the same thing.

Keys are compared squashed: in lower case, without blanks, hyphens, underscores, dots and colons.
Each list is in order of trust.
"""

# keys in other scripts are meant

from __future__ import annotations

import re

ADDRESS = (
    "originalurl", "weburl", "canonicalurl", "canonical", "canonicallink", "url", "link",
    "permalink", "externalurl", "externallink", "sourceurl", "resolvedurl", "givenurl",
    "articleurl", "posturl", "pageurl", "ampweburl", "disqusurl", "mainentityofpage", "ogurl",
    "uri", "href", "address", "sourcelink", "originallink", "source", "guid", "id",
    "reference", "via", "网址", "链接", "原文链接",
)  # fmt: skip
# Where the moment stands under its name in the records of one aggregator.
FIELD_DATE = ("publisheddatetime",)
DATE = (
    "date", "publisheddate", "dtpublished", "pubdate", "publishdate", "datepublished",
    "publishedat", "published", "publishedon", "pubdatetime", "publishedtime", "publicationdate",
    "webpublicationdate", "articlepublishedtime", "dateposted", "posted", "postedat", "postedon",
    "postdate", "firstpublished", "firstpublishedat", "firstpublicationdate", "releasedate",
    "released", "issued", "dcdate", "dctermsissued", "dcissued", "displaydate", "displaydatetime",
    "pubtime", "publishtime", "ctime", "storydate", "newsdate", "wppostdate", "written", "created",
    "createdat", "createdon", "datecreated", "creationdate", "createdutc", "createdtime",
    "timestamp", "datetime", "time", "day", "start", "datum", "fecha", "fechapublicacion", "data",
    "dataora", "veröffentlicht", "veroeffentlicht", "erschienen", "publié", "publiéle", "publicado",
    "pubblicato", "gepubliceerd", "日期", "发布日期", "发布时间", "時間", "公開日", "日付", "날짜",
    "작성일", "дата",
)  # fmt: skip
UPDATED = (
    "updated", "updatedat", "updatedon", "updateddate", "lastmod", "lastmodified", "lastupdated",
    "lastupdate", "modified", "modifiedat", "modifiedon", "modifieddate", "datemodified",
    "dateupdated", "moddatetime", "modifieddatetime", "articlemodifiedtime", "ogupdatedtime",
    "revised", "edited", "editedat", "changed", "correctedat", "wppostmodified", "aktualisiert",
    "更新日期", "更新时间",
)  # fmt: skip
PATHS = ("path", "permalink", "url", "slug", "originalslug", "id", "link", "guid")
TITLE = (
    "title", "headline", "webtitle", "resolvedtitle", "giventitle", "posttitle", "pagetitle",
    "ogtitle", "subject", "name", "titel", "titre", "titulo", "título", "titolo", "标题", "標題",
    "タイトル", "제목", "заголовок", "storytitle", "booktitle",
)  # fmt: skip
SITE = (
    "site", "sitename", "ogsitename", "publication", "publicationname", "publisher",
    "publishername", "outlet", "newspaper", "source", "sourcename", "sourcetitle", "website",
    "feedtitle", "origin", "journal", "newsoutlet", "dcpublisher", "媒体", "来源",
)  # fmt: skip
AUTHOR = (
    "author", "authors", "byline", "creator", "dccreator", "writer", "writers", "writtenby", "by",
    "postauthor", "authorname", "articleauthor", "bookauthor", "contributor", "contributors",
    "from", "journalist", "reporter", "autor", "auteur", "autore", "verfasser", "作者", "著者",
    "저자", "автор",
)  # fmt: skip
EXCERPT = (
    "excerpt", "description", "summary", "subtitle", "abstract", "lead", "standfirst", "synopsis",
    "dek", "deck", "lede", "teaser", "intro", "introduction", "blurb", "trailtext", "snippet",
    "metadescription", "ogdescription", "seodescription", "leadparagraph", "subheadline", "tldr",
    "subheading", "摘要", "简介",
)  # fmt: skip
TOPICS = (
    "topics", "tags", "taglist", "categories", "category", "keywords", "keyword", "labels",
    "subjects", "sections", "section", "sectionname", "newskeywords", "tag", "mots", "schlagworte",
    "标签",
)  # fmt: skip
# Several of these in one line are parted by blanks where nothing else parts them.
PLURAL_TOPICS = frozenset(("topics", "tags", "taglist", "categories", "keywords", "labels"))
BODY = (
    "body", "content", "text", "articlebody", "contenthtml", "contenttext", "htmlcontent",
    "bodytext", "bodyhtml", "bodymarkdown", "markdown", "html", "fulltext", "maintext",
    "contentencoded", "plaintext", "postcontent", "selftext", "storytext", "contents", "article",
    "story", "post", "highlights", "highlight", "selection", "texte", "texto", "正文", "内容",
)  # fmt: skip
LANGUAGE = (
    "lang",
    "language",
    "inlanguage",
    "locale",
    "languagecode",
    "oglocale",
    "contentlanguage",
)
RELATED = ("related",)
# A mapping in the place of a plain value holds it under one of these.
VALUES = (
    "rendered", "name", "value", "main", "title", "text", "html", "content", "original", "$t",
    "#text", "_", "plain", "raw", "displayname", "label", "term",
)  # fmt: skip
# How a record was brought in, which is no outlet.
NOT_OUTLETS = frozenset(
    ("reader", "readwise", "pocket", "instapaper", "kindle", "web", "rss", "feed", "atom", "api",
     "manual", "email", "newsletter", "clipper", "import", "unknown", "none", "null", "other")
)  # fmt: skip
BODY_VALUES = ("rendered", "html", "content", "text", "value", "$t", "#text", "_", "plain", "raw")
# Under these an article lies inside the record that wraps it.
WRAPPERS = ("_source", "fields", "attributes", "data", "node", "article", "document", "properties")

# Words of `status`, `visibility` and the like for what nobody but its writers shall see.
HIDDEN_STATES = frozenset(
    ("draft", "drafts", "private", "pending", "trash", "hidden", "unpublished", "autodraft",
     "archivedraft", "inprogress", "scheduled", "future", "wip", "todo", "idea", "unlisted", "no",
     "never", "entwurf", "brouillon", "borrador", "bozza", "草稿")
)  # fmt: skip
STATE = ("status", "state", "visibility", "wpstatus", "poststatus", "publishstatus", "build")
DRAFT_FLAGS = ("draft", "isdraft", "hidden", "private", "unpublished", "drafts", "apppublished")
# A record with one of these was found on the web: what `published` says of it is something else.
FOUND_ON_THE_WEB = frozenset(("originalurl", "weburl", "provider", "publisheddatetime"))
# Only a page of a site that is built from these files has one of these.
ENGINE_KEYS = frozenset(
    ("layout", "template", "permalink", "slug", "comments", "sitemap", "navorder", "weight",
     "aliases", "redirectfrom", "series")
)  # fmt: skip

_JOINTS = re.compile(r"[\s_.:@-]+")
_MEMO: dict[str, str] = {}
_MEMO_LIMIT = 10_000


def squash(key: object) -> str:
    """A key in the form that keys are compared in."""
    text = str(key)
    known = _MEMO.get(text)
    if known is None:
        known = _JOINTS.sub("", text.casefold()).lstrip("#")
        if len(_MEMO) < _MEMO_LIMIT and len(text) < 64:  # noqa: PLR2004  # odd keys are not met again
            _MEMO[text] = known
    return known


KNOWN = frozenset(
    (*ADDRESS, *FIELD_DATE, *DATE, *UPDATED, *TITLE, *SITE, *AUTHOR, *EXCERPT, *TOPICS, *BODY,
     *LANGUAGE, *STATE, *DRAFT_FLAGS, *ENGINE_KEYS, "type", "provider", "digest", "secured")
)  # fmt: skip

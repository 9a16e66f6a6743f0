from __future__ import annotations

import pytest

from retrieval.errors import ArticleError
from tests.retrieval.reading.coverage_files import parse, parse_one

HEAD = (
    'From: "Port Notes" <notes@port.example>\nTo: reader@home.example\n'
    "Subject: =?utf-8?Q?Kran_dreht_sich_f=C3=BCr?=\n =?utf-8?Q?_alle?=\n"
    "Date: Fri, 3 May 2024 00:10:00 +0200\nMIME-Version: 1.0\n"
)


def test_a_newsletter_has_subject_sender_day_and_text() -> None:
    article = parse_one(
        f"{HEAD}Archived-At: <https://port.example/5>\nContent-Type: text/plain; "
        "charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n"
        "Der Kran dreht sich f=FCr al=\nle.\n",
        "news/letter.eml",
    )

    assert (article.title, article.outlet) == ("Kran dreht sich für alle", "Port Notes")
    assert (article.text, str(article.day)) == ("Der Kran dreht sich für alle.", "2024-05-03")
    assert article.url == "https://port.example/5"


def test_the_html_part_counts_where_the_plain_one_is_a_stub() -> None:
    mail = (
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\n\n--b\n'
        "Content-Type: text/plain\n\nView this email in your browser\n--b\n"
        "Content-Type: text/html; charset=utf-8\n\n<p>The crane <b>turns</b>.</p>\n--b--\n"
    )

    assert parse_one(mail, "news/letter.eml").text == "The crane turns."


def test_each_message_of_a_mailbox_is_an_article() -> None:
    message = "From a@b Fri May  3 10:00:00 2024\n{}\nThe crane turns {}.\n\n"
    box = "".join(message.format(HEAD.replace("Kran", f"Kran{n}"), n) for n in ("once", "twice"))

    assert [a.text for a in parse(box, "news/box.mbox")] == [
        "The crane turns once.",
        "The crane turns twice.",
    ]


def test_mail_without_anything_is_rejected() -> None:
    with pytest.raises(ArticleError, match="mail without a subject or text"):
        parse("From: a@b.example\nTo: c@d.example\n\n", "news/letter.eml")

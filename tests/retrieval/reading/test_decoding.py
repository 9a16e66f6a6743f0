# ruff: noqa: RUF001  # what is read holds typographic and Chinese characters

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.reading.decoding import decode_bytes, name_binary, scrub

SENTENCE = "Die Brücke über den Fluß wird geöffnet."


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"", "utf-8"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
    ],
)
def test_marked_and_unmarked_unicode_is_read_without_a_warning(mark: bytes, encoding: str) -> None:
    decoded = decode_bytes(mark + SENTENCE.encode(encoding))

    assert decoded.text == SENTENCE
    assert not decoded.warning


def test_windows_1252_is_told_from_chinese() -> None:
    western = decode_bytes("The “old” régime – gone.".encode("cp1252"))
    chinese = decode_bytes("港口订购了第二台起重机，明年春天开始工作。".encode("gb18030"))

    assert western.text == "The “old” régime – gone."
    assert chinese.text == "港口订购了第二台起重机，明年春天开始工作。"
    assert western.warning == "not valid UTF-8, read as cp1252"
    assert chinese.warning == "not valid UTF-8, read as gb18030"


def test_utf8_cut_within_a_letter_loses_that_letter_only() -> None:
    decoded = decode_bytes(f"{SENTENCE} Schön".encode()[:-2])

    assert decoded.text == f"{SENTENCE} Sch"
    assert decoded.warning


def test_one_broken_byte_does_not_turn_the_rest_into_mojibake() -> None:
    decoded = decode_bytes(b"\xff " + SENTENCE.encode())

    assert decoded.text == f"\ufffd {SENTENCE}"


def test_line_ends_nul_and_zero_width_characters_are_scrubbed() -> None:
    assert scrub("a\r\nb\rc\x00d\u200be\ufefff\u00adg") == "a\nb\ncdefg"


def test_a_joiner_stays_inside_an_emoji_and_goes_between_latin_letters() -> None:
    assert scrub("wo\u200drd \U0001f469\u200d\U0001f4bb") == "word \U0001f469\u200d\U0001f4bb"


def test_files_that_are_not_text_are_named() -> None:
    assert name_binary(b"\x89PNG\r\n\x1a\n") == "an image"
    assert name_binary(b"%PDF-1.7").startswith("a PDF")
    assert name_binary(bytes(range(32)) * 8) == "binary"
    assert not name_binary(SENTENCE.encode("utf-16-le"))
    assert not name_binary(b"A line\x00 with one stray byte in a text of some length.")


@settings(deadline=None)  # the first call imports what it needs
@given(st.binary())
def test_no_bytes_make_decoding_fail(raw: bytes) -> None:
    text = decode_bytes(raw).text

    assert "\r" not in text
    assert "\x00" not in text
    text.encode()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Кран в порту снова работает после ремонта, сообщили в мэрии."),
        ("koi8-r", "Кран в порту снова работает после ремонта, сообщили в мэрии."),
        ("shift_jis", "港のクレーンが二年ぶりに動いた。市長が式典に出席した。"),
        ("euc-jp", "港のクレーンが二年ぶりに動いた。市長が式典に出席した。"),
        ("euc-kr", "항구의 크레인이 2년 만에 다시 움직였다고 시가 밝혔다."),
        ("big5", "港口的起重機星期一重新運轉，市長剪綵。"),
        ("gb18030", "港口的起重机星期一重新运转，市长剪彩。"),
        ("cp1250", "Žlutý jeřáb v přístavu se po dvou letech znovu točí, řekl starosta."),
        ("cp1252", "Der Kran im Hafen dreht sich für alle wieder, sagte die Bürgermeisterin."),
        ("cp1253", "Ο γερανός στο λιμάνι άνοιξε ξανά μετά από δύο χρόνια, είπε ο δήμαρχος."),
        ("iso-2022-jp", "港のクレーンが二年ぶりに動いた。"),
    ],
)
def test_older_encodings_are_told_on_short_texts(encoding: str, text: str) -> None:
    assert decode_bytes(text.encode(encoding)).text == text


def test_a_declared_charset_counts_before_any_guess() -> None:
    page = '<meta charset="iso-8859-2"><p>Żuraw</p>'

    assert decode_bytes(page.encode("iso-8859-2")).text == page
    assert decode_bytes("Żuraw".encode("iso-8859-2"), "iso-8859-2").text == "Żuraw"


def test_a_charset_declared_in_error_is_not_believed() -> None:
    page = '<meta charset="windows-1251"><p>Żuraw</p>'

    assert decode_bytes(page.encode()).text == page

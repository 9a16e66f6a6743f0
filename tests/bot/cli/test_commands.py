"""Every other command, once for a person and once for a program."""

from __future__ import annotations

import base64
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest

from tests.bot.cli.conftest import DAY

if TYPE_CHECKING:
    from tests.bot.cli.conftest import Command

FERRY = "Ferry to Vell runs on two batteries"


def test_search_lists_what_matches(clippings: Command) -> None:
    document = clippings.on_news("search", "island prize", "--as-of", DAY, "--json").document
    assert document["query"] == "island prize"
    assert document["hits"][0]["title"] == "Hill School wins the island prize"
    assert document["hits"][0]["snippet"].startswith("The garden of the Hill School")
    assert FERRY in clippings.on_news("search", "ferry").out


def test_search_sorts_filters_and_limits(clippings: Command) -> None:
    query = ("search", "island Vell", "--json", "--as-of", DAY)
    newest = clippings.on_news(*query, "--sort", "newest").document
    assert [hit["published"][:10] for hit in newest["hits"]] == ["2024-05-12", "2024-05-04"]
    oldest = clippings.on_news(*query, "--sort", "oldest", "--limit", "1").document
    assert [hit["title"] for hit in oldest["hits"]] == [FERRY]
    assert oldest["total"] == 2
    ours = clippings.on_news(*query, "--outlet", "aldan courier").document
    assert [hit["outlet"] for hit in ours["hits"]] == ["Aldan Courier"]


def test_index_reports_what_was_read(clippings: Command) -> None:
    document = clippings.on_news("index", "--all", "--json").document
    assert (document["files_read"], document["files_rejected"]) == (2, 0)
    assert document["articles"] == document["added"] == 2
    again = clippings.on_news("index")
    assert again.out.startswith("2 files read, 0 rejected · 2 articles in 2 passages · 0 added")


def test_latest_and_outlets_list_the_coverage(clippings: Command) -> None:
    latest = clippings.on_news("latest", "--limit", "1", "--json").document
    assert [article["outlet"] for article in latest["articles"]] == ["The Lighthouse"]
    outlets = clippings.on_news("outlets", "--json").document
    assert {"outlet": "Aldan Courier", "articles": 1} in outlets["outlets"]
    assert "Latest articles" in clippings.on_news("latest").out
    assert "Aldan Courier: 1 article" in clippings.on_news("outlets").out


@pytest.mark.parametrize("command", ["story", "timeline", "compare"])
def test_a_story_is_found_by_words_or_by_an_article(clippings: Command, command: str) -> None:
    found = clippings.on_news(command, "ferry to Vell", "--as-of", DAY, "--json").document
    assert found["found"] is True
    assert FERRY in clippings.on_news(command, "ferry to Vell").out
    reports = found.get("articles") or found["entries"]
    by_id = clippings.on_news(command, reports[0]["article_id"], "--json").document
    assert (by_id.get("articles") or by_id["entries"]) == reports


@pytest.mark.parametrize("command", ["story", "timeline", "compare"])
def test_no_story_is_no_failure(clippings: Command, command: str) -> None:
    outcome = clippings.on_news(command, "xylophone", "--json")
    assert outcome.code == 0
    assert outcome.document["found"] is False
    assert "No story in this coverage fits" in clippings.on_news(command, "xylophone").out


def test_changes_since_a_day(clippings: Command) -> None:
    document = clippings.on_news("changes", "2024-05-10", "--json").document
    (story,) = document["new"]
    assert story["outlets"] == ["The Lighthouse"]
    assert "Since 10 May 2024" in clippings.on_news("changes", "2024-05-10").out


def test_check_without_a_token_says_what_works_without_one(clippings: Command) -> None:
    outcome = clippings.on_news("check")
    assert outcome.code == 1
    assert "✓ Coverage" in outcome.out
    assert "✗ Token: DISCORD_TOKEN is not set" in outcome.out
    assert "Without one: clippings ask" in outcome.out
    assert clippings.on_news("check", "--json").document["ready"] is False


def test_check_with_a_token_gives_the_invite_link(
    clippings: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = base64.urlsafe_b64encode(b"112233445566778899").decode().rstrip("=") + ".a.b"
    monkeypatch.setenv("DISCORD_TOKEN", token)
    outcome = clippings.on_news("check", "--json")
    assert outcome.code == 0
    assert outcome.document["ready"] is True
    assert "client_id=112233445566778899" in outcome.document["invite"]
    shown = clippings.on_news("check").out
    assert outcome.document["invite"] in shown
    assert token not in shown + outcome.out + outcome.err


def test_the_version_is_said(clippings: Command) -> None:
    outcome = clippings("--version")
    assert outcome.code == 0
    assert outcome.out == f"clippings {version('clippings')}\n"


def test_no_command_at_all_shows_the_help(clippings: Command) -> None:
    outcome = clippings()
    assert outcome.code == 2
    assert "Usage: clippings" in outcome.out + outcome.err


def test_help_lists_every_command(clippings: Command) -> None:
    outcome = clippings("--help")
    assert outcome.code == 0
    for command in ("ask", "chat", "search", "index", "check", "run", "preview", "eval", "bench"):
        assert f" {command} " in outcome.out


def test_articles_shows_how_each_file_was_read(clippings: Command) -> None:
    every = clippings.on_news("articles", "--json").document["articles"]
    assert [article["file"].rsplit("/", 1)[1] for article in every] == ["ferry.md", "garden.md"]
    (ferry,) = clippings.on_news("articles", "--file", "ferry.md", "--json").document["articles"]
    assert ferry["published"] == "2024-05-04T09:00:00+00:00"
    assert (ferry["outlet"], ferry["language"], ferry["digest"]) == ("Aldan Courier", "en", False)
    assert ferry["text"].endswith("A crossing costs two crowns.")
    table = clippings.on_news("articles").out
    assert table.split()[:3] == ["file", "day", "outlet"]
    assert FERRY in table
    assert clippings.on_news("articles", "--file", "none.md", "--json").document["articles"] == []

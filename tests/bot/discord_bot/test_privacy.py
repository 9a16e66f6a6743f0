"""/privacy: each person sees what is kept about them, and can have it deleted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.discord_bot.commands.privacy import describe_policy, list_kept, write_kept
from bot.replies import Note
from bot.store import Kept, Store
from bot.wording import LANGUAGES, Wording
from tests.support.limits import COMPONENTS_TEXT
from tests.support.messages import list_buttons, read_text
from tests.support.scene import build_tiny_client

if TYPE_CHECKING:
    from pathlib import Path

    import simcord

    from tests.support.scene import Scene

QUESTION = "When does the harbour bridge close?"


async def read(scene: Scene, who: simcord.MemberActor, command: str) -> str:
    shown = await who.slash(scene.channel, f"privacy {command}")
    assert shown.ephemeral
    assert shown.response is not None
    return read_text(shown.response)


async def test_the_policy_says_what_is_kept_and_that_it_is_all(scene: Scene) -> None:
    text = await read(scene, scene.member, "policy")
    for said in ("30 minutes", "90 days", "365 days", "salted hash", "Nothing else", "forget-me"):
        assert said in text


async def test_each_sees_what_is_kept_about_them_and_nothing_of_others(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question=QUESTION)
    text = await read(scene, scene.member, "show")
    assert "2 records" in text
    assert f"last question in a channel: {QUESTION}" in text
    assert "Nothing is kept" in await read(scene, scene.moderator, "show")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"kind": "ask", "text": QUESTION}, f"/ask {QUESTION}"),
        ({"kind": "sources", "text": QUESTION}, f"/ask {QUESTION}"),
        ({"kind": "latest"}, "/latest"),
        ({"kind": "timeline", "text": "0123456789abcdef"}, "/timeline"),
        ({"text": QUESTION}, QUESTION),
    ],
)
def test_a_reply_is_named_by_its_command(state: dict[str, str], said: str) -> None:
    kept = Kept("ticket", json.dumps(state), "", None, datetime(2031, 5, 20, tzinfo=UTC))
    (line,) = [b.text for b in list_kept([kept], Wording("en")).blocks if isinstance(b, Note)]
    assert line == f"20 May 2031 · buttons of a reply: {said}"


async def test_all_of_it_comes_as_a_file(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question="Where do zebrafish sleep?")
    shown = await scene.member.slash(scene.channel, "privacy show")
    assert shown.response is not None
    (file,) = shown.response.attachments
    assert file.filename == "kept.json"
    rows = json.loads(write_kept(scene.store.see(scene.member.id)))
    assert {row["kind"] for row in rows} == {"turn", "ticket", "feedback"}


async def test_forgetting_is_asked_once_and_leaves_others_alone(scene: Scene) -> None:
    for who in (scene.member, scene.moderator):
        await who.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.member.slash(scene.channel, "privacy forget-me")
    assert asked.response is not None
    store = scene.store
    assert len(store.see(scene.member.id)) == 2
    (button,) = list_buttons(asked.response).values()
    pressed = await scene.member.click(asked.response, custom_id=button)
    assert pressed.response is not None
    assert "2 records deleted" in read_text(pressed.response)
    assert list_buttons(pressed.response) == {}
    assert store.see(scene.member.id) == ()
    assert len(store.see(scene.moderator.id)) == 2


async def test_the_button_works_after_a_restart(scene: Scene, tmp_path: Path) -> None:
    await scene.member.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.member.slash(scene.channel, "privacy forget-me")
    assert asked.response is not None
    await scene.restart(build_tiny_client(tmp_path))
    await scene.member.click(asked.response, custom_id="privacy:forget")
    assert scene.store.see(scene.member.id) == ()


async def test_the_buttons_of_a_forgotten_answer_say_so(scene: Scene) -> None:
    answered = await scene.member.slash(scene.channel, "ask", question=QUESTION)
    assert answered.response is not None
    scene.store.forget(scene.member.id)
    pressed = await scene.member.click(
        answered.response, custom_id=list_buttons(answered.response)["👍"]
    )
    assert "not kept any more" in read_text(pressed.followups[0])


async def test_what_a_person_wrote_cannot_ping_or_format_when_shown(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question="@everyone **who** won?")
    text = await read(scene, scene.member, "show")
    assert "@everyone" not in text
    assert "**who**" not in text


def test_every_kind_of_row_has_its_words_in_every_language() -> None:
    store = Store.open(None)
    for kind in ("unanswered", "up", "down", "rephrased", "followed up"):
        store.feedback.note(kind, "Q?", person_id=1, server_id=2, token=kind)
    store.tickets.issue("answer", {"text": "Q?"}, person_id=1)
    for language in LANGUAGES:
        lines = [
            b for b in list_kept(store.see(1), Wording(language)).blocks if isinstance(b, Note)
        ]
        assert len(lines) == 6
        assert sum(map(len, describe_policy(Wording(language), 90))) < COMPONENTS_TEXT


async def test_forgetting_takes_back_the_answers_that_can_be_deleted(scene: Scene) -> None:
    await scene.member.slash(scene.channel, "ask", question=QUESTION)
    assert len(scene.channel.history()) == 1
    asked = await scene.member.slash(scene.channel, "privacy forget-me")
    assert asked.response is not None
    (button,) = list_buttons(asked.response).values()
    await scene.member.click(asked.response, custom_id=button)
    assert scene.channel.history() == []

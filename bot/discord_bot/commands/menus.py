"""What can be done with anybody's message: find coverage of it, or ask about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ui import Label, LayoutView, Modal, TextDisplay, TextInput

from bot.desk.refusals import Refusal
from bot.desk.requests import Request, clean_text
from bot.discord_bot import responses
from bot.discord_bot.asker import asker_of
from bot.discord_bot.errors import explain
from retrieval import parse_question, render_context

if TYPE_CHECKING:
    from bot.discord_bot.interactions import DeskClient, DeskInteraction
    from bot.wording import Wording

WORDS_TAKEN = 40  # of a message; more would only dilute the search
ABOUT_LIMIT = 300
QUESTION_LIMIT = 500
_ADDRESS = re.compile(r"https?://\S+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_WORD = re.compile(r"\w+")


def add_to(client: DeskClient) -> None:
    """Add the two entries of a message's menu."""
    client.tree.add_command(find)
    client.tree.add_command(ask)


@app_commands.context_menu(name="Find coverage of this")
async def find(interaction: DeskInteraction, message: discord.Message) -> None:
    """Search for the words of a message, and of the page that it links to."""
    words = " ".join(_WORD.findall(words_of(message))[:WORDS_TAKEN])
    if not words:
        await explain(interaction, Refusal("wordless"))
        return
    today = interaction.client.desk.today()
    request = Request(kind="search", as_of=today, text=words, titled=False)
    await responses.answer(interaction, request, private=True)


@app_commands.context_menu(name="Ask about this")
async def ask(interaction: DeskInteraction, message: discord.Message) -> None:
    """Ask for a question; the message is what it is about."""
    wording = interaction.client.desk.speak(asker_of(interaction))
    await interaction.response.send_modal(QuestionForm(words_of(message), wording))


class QuestionForm(Modal):
    """A form of one line; `about` gives the question the names it lacks."""

    def __init__(self, about: str, wording: Wording) -> None:
        super().__init__(title=wording.say("modal.title"))
        self.about = about[:ABOUT_LIMIT]
        self.question: TextInput[QuestionForm] = TextInput(
            placeholder=wording.say("modal.placeholder"), max_length=QUESTION_LIMIT
        )
        self.add_item(Label(text=wording.say("modal.question"), component=self.question))

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Answer the question."""
        today = interaction.client.desk.today()
        subject = render_context(parse_question(self.about, as_of=today).to_context())
        request = Request(kind="ask", as_of=today, text=self.question.value, subject=subject)
        await responses.answer(interaction, request)

    async def on_error(  # type: ignore[override]  # a form has no item that failed, as in Modal
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Explain what went wrong."""
        await explain(interaction, error)


def _shown_texts(message: discord.Message) -> list[str]:
    """The texts of a message that is laid out, such as an answer, without where its links lead."""
    view = LayoutView.from_message(message)
    texts = [shown.content for shown in view.walk_children() if isinstance(shown, TextDisplay)]
    return [_LINK.sub(r"\1", text) for text in texts]


def words_of(message: discord.Message) -> str:
    """What a message says in words: its text without addresses and mentions, then its previews."""
    previews = (text for e in message.embeds for text in (e.title, e.description) if text)
    said = "\n".join([message.content, *previews, *_shown_texts(message)])
    return clean_text(_ADDRESS.sub(" ", said))

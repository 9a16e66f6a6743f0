"""What a person may ask here and now: manners, memory, and the one way off the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from bot.desk.admission import Admission
from bot.desk.aside import Aside
from bot.desk.first_question import choose_question
from bot.desk.lookup import Lookups
from bot.desk.memory import Memory
from bot.desk.notices import Notices
from bot.desk.observing import Observer
from bot.desk.records import Served
from bot.desk.refusals import Refusal
from bot.desk.reloading import reload_coverage, reread, standing_of
from bot.desk.requests import Request, clean_text
from bot.desk.small_talk import is_rude
from bot.desk.unasked import CONFIDENT, answers_well, find_question
from bot.desk.visibility import see_coverage
from bot.replies.answers import note_freshness
from bot.store.database import utc_now
from bot.wording import Wording
from retrieval import match_outlet
from retrieval.errors import RetrievalError
from retrieval.model import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date, datetime

    from bot.desk.alerts import Standing
    from bot.desk.lookup import LookUp, Result
    from bot.desk.rate_limits import Rates
    from bot.desk.records import Asker, Opened, SentReply
    from bot.store import Gap, Health, Kept, ServerSettings, Store
    from bot.store.feed_records import Freshness
    from bot.store.feedback import Outcome, Thumb
    from retrieval import IndexReport, Status
    from retrieval.coverage import Coverage
    from retrieval.model import Article

NEEDING_TEXT = frozenset({"ask", "search", "story", "timeline", "compare", "article"})
USAGE_SHOWN = timedelta(days=6)  # and today
UNTITLED = frozenset({"ask", "search", "sources"})  # titled with what a person said

Args = ParamSpec("Args")
Returned = TypeVar("Returned")


class Desk:
    """Serves requests: at most `at_work` at once, the rest in the order they came."""

    def __init__(  # noqa: PLR0913  # all that it is made of
        self,
        coverage: Coverage,
        store: Store,
        rates: Rates,
        *,
        at_work: int = 2,
        clock: Callable[[], datetime] = utc_now,
        observer: Observer | None = None,
    ) -> None:
        self.observer = observer or Observer()
        self._coverage = coverage
        self._store = store
        self._clock = clock
        self._confident = CONFIDENT
        self._admission = Admission(rates, clock)
        self._memory = Memory(store, clock)
        self._lookups = Lookups(coverage)
        self._notices = Notices()
        self._at_work = asyncio.Semaphore(at_work)
        self.aside = Aside()
        self.started = clock()
        self.reload_failed_at: datetime | None = None

    async def away(
        self, work: Callable[Args, Returned], /, *args: Args.args, **named: Args.kwargs
    ) -> Returned:
        """Run work off the event loop; nothing else in the bot leaves it."""
        return await asyncio.to_thread(work, *args, **named)

    def today(self) -> date:
        """Return the day that questions are asked as of."""
        return self._clock().date()

    def settings(self, server_id: int | None) -> ServerSettings:
        """Return a server's settings: one look-up by key, quick enough for the event loop."""
        return self._store.servers.read(server_id)

    async def mute(self, server_id: int, person_id: int, *, muted: bool) -> None:
        """Hear a member of a server no more, or again."""
        rules, person = self.settings(server_id), self._store.hash_person(person_id)
        names = rules.muted | {person} if muted else rules.muted - {person}
        await self.change_settings(server_id, replace(rules, muted=names))

    async def welcome(self, server_ids: Collection[int]) -> None:
        """Keep the settings of servers that the bot is in, also where it had left one before."""
        await self.away(self._store.servers.welcome, server_ids)

    async def change_settings(self, server_id: int, settings: ServerSettings) -> None:
        """Keep a server's settings, and delete what it no longer wants kept."""
        await self.away(self._store.servers.write, server_id, settings)

    def speak(self, asker: Asker) -> Wording:
        """Return the language of a server, or else of the person."""
        return Wording(self.settings(asker.server_id).language or asker.locale)

    def admit(self, asker: Asker, request: Request, *, cost: float = 1.0) -> None:
        """Raise Refusal if this person may not ask this here and now; quick, so it comes first."""
        refusal = self._refuse(asker, cost) or self._refuse_words(asker, request.clean())
        if refusal:
            self.observer.note_refusal(request)
            raise refusal

    def admit_talk(self, asker: Asker) -> None:
        """Raise Refusal if a line may not be said to this person here and now."""
        refusal = self._refuse(asker, 1.0)
        if refusal:
            raise refusal

    async def serve(
        self, asker: Asker, request: Request, *, pressed: bool = False, token: str = ""
    ) -> Served:
        """Look up a request that was admitted.

        `pressed` says that a button asked, so that it is no turn of the conversation. With `token`
        the buttons' message is changed in place and keeps it.
        """
        async with self.observer.watch(request, self._at_work) as watched:
            asked = self._name_outlet(asker, request.clean())
            served = await self.away(self._work, asker, asked, pressed=pressed, token=token)
            watched.end(served.result)
            return served

    async def serve_post(self, asker: Asker, *parts: str) -> Served | None:
        """Answer the first part of a post that asks what the coverage answers; keeps nothing else.

        Nobody put the post to the bot, so anything but a sure answer is silence.
        """
        asked = [text for text in map(find_question, map(clean_text, parts)) if text]
        if not asked or self._refuse(asker, 1.0):
            return None
        async with self._at_work:
            return await self.away(self._work_unasked, asker, asked)

    async def reopen(self, asker: Asker, token: str) -> Opened:
        """Read what a message's buttons work on; raises Refusal when that was forgotten."""
        return await self.away(self._memory.open_ticket, asker, token)

    async def continue_from(self, message_id: int) -> str:
        """Return the subject of one of the bot's messages, "" for any other message."""
        return await self.away(self._memory.subject_of, message_id)

    async def propose(self, asker: Asker, request: Request) -> str:
        """Keep a request that a button will make; the token it carries."""
        return await self.away(self._memory.issue_ticket, asker, request)

    async def attach(self, served: Served, message_id: int, question_id: int | None = None) -> None:
        """Say which message shows a reply, so that whoever replies to it goes on from there.

        `question_id` is the message that it replies to, whose edits and deletion it follows.
        """
        await self.away(self._store.tickets.attach, served.token, message_id, question_id)

    async def reply_to(self, question_id: int) -> SentReply | None:
        """The reply that a person's message got, also before a restart; none if none is known."""
        return await self.away(self._memory.reply_to, question_id)

    async def direct_channels(self, limit: int) -> tuple[int, ...]:
        """The channels outside servers in which something was asked last, at most so many."""
        return await self.away(self._store.tickets.direct_channels, limit)

    async def forget(self, opened: Opened) -> None:
        """Drop what the buttons of a deleted message worked on."""
        await self.away(self._store.tickets.delete, opened.token)

    async def forget_message(self, message_id: int) -> None:
        """Drop what the buttons of one of the bot's messages worked on."""
        await self.away(self._memory.drop_message, message_id)

    async def forget_server(self, server_id: int) -> None:
        """Drop all that is kept for a server which the bot left."""
        await self.away(self._store.servers.forget, server_id)

    async def forget_person(self, person_id: int) -> int:
        """Delete every row kept about a person; how many rows."""
        return await self.away(self._store.forget, person_id)

    async def answers_to(self, person_id: int) -> tuple[tuple[int, int], ...]:
        """The channel and id of each message that answers a person, newest first."""
        return await self.away(self._store.answers_to, person_id)

    async def usage(self, server_id: int | None) -> Mapping[date, Mapping[str, int]]:
        """How the questions of the last week ended in a server, by day."""
        since = self.today() - USAGE_SHOWN
        return await self.away(self._store.usage.by_day, server_id, since)

    def request_days(self) -> int:
        """How many days the request behind a reply is kept, with the question's text."""
        return self._store.tickets.life.days

    async def kept(self, person_id: int) -> tuple[Kept, ...]:
        """Every row kept about a person, newest first."""
        return await self.away(self._store.see, person_id)

    async def carry_over(self, asker: Asker, opened: Opened, thread_id: int) -> None:
        """Let the conversation go on in a thread."""
        moved = replace(asker, channel_id=thread_id)
        asked, about = opened.request, opened.subject
        await self.away(self._memory.note_turn, moved, asked, about, answered=opened.answered)

    async def turn_thumb(self, asker: Asker, opened: Opened, thumb: Thumb) -> Outcome:
        """Keep what a person thinks of an answer, or take it back; says which."""
        return await self.away(self._memory.turn_thumb, asker, opened, thumb)

    async def gaps(self, server_id: int, limit: int) -> tuple[Gap, ...]:
        """Questions a server's coverage served badly, the most frequent first."""
        return await self.away(self._store.feedback.gaps, server_id, limit)

    async def count_gaps(self, server_id: int | None) -> int:
        """How many such questions there are in all."""
        return await self.away(self._store.feedback.count_gaps, server_id)

    def seen_by(self, asker: Asker) -> Coverage:
        """The coverage as an asker sees it: what the server follows, and what all may see."""
        return see_coverage(self._coverage, self._store, asker)

    def status(self, asker: Asker) -> Status:
        """What the coverage holds now, of what an asker sees."""
        return self.seen_by(asker).status()

    async def freshness(self, asker: Asker) -> Freshness:
        """How the feeds that an asker sees stand."""
        return await self.away(self._store.feeds.freshness, asker.server_id)

    async def newest(self, asker: Asker) -> Article | None:
        """The newest article of what an asker sees, none where none has a day."""
        found = await self.away(self.seen_by(asker).latest, limit=1)
        return next(iter(found), None)

    async def first_question(self, asker: Asker) -> str:
        """A question of the coverage to try, "" where it has none."""
        return await self.away(choose_question, self.seen_by(asker))

    async def reload(self) -> IndexReport:
        """Read new and changed files in another process and swap to them; takes its time.

        Raises RetrievalError, and BrokenProcessPool where that process dies.
        """
        try:
            report = await self.away(reload_coverage, self._coverage, self.aside)
        except (RetrievalError, OSError, BrokenProcessPool):
            self.reload_failed_at = self._clock()
            raise
        self.reload_failed_at = None
        return report

    async def standing(self) -> Standing:
        """How the coverage stands that was opened."""
        return await self.away(standing_of, self._coverage, self.today())

    async def reread(self, before: Standing) -> Standing:
        """Reload the coverage and say how it stands now; where that fails, the log says why."""
        after = await self.away(reread, self._coverage, self.aside, self.today(), before)
        return replace(after, store_failing=bool(self._store.health.failure))

    def store_health(self) -> Health:
        """Whether what is told is remembered at the moment."""
        return self._store.health

    async def suggest_outlets(self, asker: Asker, typed: str) -> tuple[str, ...]:
        """Return outlets for what was typed so far; does not wait for questions."""
        return await self.away(self.seen_by(asker).suggest_outlets, clean_text(typed))

    async def suggest_topics(self, asker: Asker, typed: str) -> tuple[str, ...]:
        """Return topics for what was typed so far; does not wait for questions."""
        return await self.away(self.seen_by(asker).suggest_topics, clean_text(typed))

    async def suggest_titles(self, asker: Asker, typed: str) -> tuple[Article, ...]:
        """Return articles for what was typed so far; does not wait for questions."""
        return await self.away(self.seen_by(asker).suggest_titles, clean_text(typed))

    def _refuse(self, asker: Asker, cost: float) -> Refusal | None:
        rules = self.settings(asker.server_id)
        if rules.muted and self._store.hash_person(asker.person_id) in rules.muted:
            return Refusal("muted")
        return self._admission.refuse(asker, rules, cost=cost)

    def _refuse_words(self, asker: Asker, request: Request) -> Refusal | None:
        if request.kind in NEEDING_TEXT and not any(map(str.isalnum, request.text)):
            return Refusal("empty")
        if request.outlet and not self._name_outlet(asker, request).outlet:
            return Refusal("outlet", about=request.outlet)
        return None

    def _name_outlet(self, asker: Asker, request: Request) -> Request:
        """The request with its outlet as the coverage calls it, "" where it has none such."""
        if not request.outlet:
            return request
        named = match_outlet(request.outlet, self.seen_by(asker).snapshot.outlets)
        return replace(request, outlet=named or "")

    def _work(self, asker: Asker, request: Request, *, pressed: bool, token: str) -> Served:
        asks = request.kind == "ask" and not pressed
        if asks:
            request = self._memory.take_up(asker, request)
        looked_up = self._look_up(asker, request)
        if asks and isinstance(looked_up.result, Answer):
            self._memory.note_answer(asker, request, looked_up.result)
        return self._hand_over(asker, request, looked_up, token)

    def _work_unasked(self, asker: Asker, asked: list[str]) -> Served | None:
        for text in asked:
            request = Request(kind="ask", text=text, as_of=self.today(), titled=False)
            looked_up = self._look_up(asker, request)
            if self._is_sure(looked_up.result, text):
                return self._hand_over(asker, request, looked_up, "")
        return None

    def _look_up(self, asker: Asker, request: Request) -> LookUp:
        lookups = self._lookups.of(self.seen_by(asker))
        return lookups.look_up(request, self.speak(asker).language)

    def _is_sure(self, result: Result, question: str) -> bool:
        return isinstance(result, Answer) and answers_well(
            result, question, confident=self._confident
        )

    def may_tell(self, asker: Asker, refusal: Refusal) -> bool:
        """Whether a person is to be told of a refusal: once, then only when it is another one."""
        return self._notices.may_tell(asker.person_id, refusal, self._clock())

    def _when_read(self, asker: Asker) -> datetime | None:
        """When one of the feeds that an asker sees was read last, none without feeds."""
        return self._store.feeds.freshness(asker.server_id).read_at

    def _hand_over(self, asker: Asker, request: Request, looked_up: LookUp, token: str) -> Served:
        """Keep what the buttons will need, and name it by a token."""
        wording = self.speak(asker)
        reply = note_freshness(looked_up.reply, self._when_read(asker), wording)
        hidden = request.kind in UNTITLED and (not request.titled or is_rude(request.text))
        return Served(
            reply=reply.without_title() if hidden else reply,
            request=request,
            token=self._memory.issue_ticket(asker, request, looked_up, token),
            wording=wording,
            result=looked_up.result,
        )

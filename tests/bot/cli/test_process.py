"""The command as a process: what it loads, how soon it is done, and how it leaves."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.cli.conftest import Command

ASK = ("ask", "What does a crossing cost?", "--as-of", "2024-05-20")
HEAVY = ("sklearn", "discord", "matplotlib", "scipy", "ftfy", "lxml", "numba", "ir_measures")


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_question_loads_nothing_heavy(clippings: Command, form: tuple[str, ...]) -> None:
    clippings.apart(*ASK)
    traced = clippings.apart(*ASK, *form, PYTHONPROFILEIMPORTTIME="1")
    assert traced.code == 0
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in traced.err.splitlines()}
    assert "numpy" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_the_second_question_takes_little_work(clippings: Command) -> None:
    clippings.apart(*ASK)
    seconds = min(_work(clippings) for _ in range(3))
    assert seconds < 1.2, "about 0.5 on a quiet machine; a busy one counts a little more"


def _work(clippings: Command) -> float:
    """Seconds of processor time of one question, which other processes barely change."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert clippings.apart(*ASK).code == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_a_closed_pipe_is_left_quietly(clippings: Command) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        clippings.line("search", "the", "--json"),
        env=clippings.surroundings(),
        cwd=clippings.home,
        stdout=write,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, b"")


def test_ctrl_c_ends_a_chat_without_a_traceback(clippings: Command) -> None:
    chat = subprocess.Popen(
        clippings.line("chat", "--json"),
        env=clippings.surroundings(),
        cwd=clippings.home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts what runs in its background deaf to Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads
    )
    assert chat.stdin is not None
    assert chat.stdout is not None
    chat.stdin.write("What does a crossing cost?\n")
    chat.stdin.flush()
    assert "two crowns" in chat.stdout.readline()
    chat.send_signal(signal.SIGINT)
    chat.wait(timeout=20)  # with its input still open, as a person's is: its end would end it too
    _, said = chat.communicate()
    assert chat.returncode == 130
    assert "Traceback" not in said


def test_bytes_that_are_no_text_are_asked_as_they_can_be_read(clippings: Command) -> None:
    done = subprocess.run(
        clippings.line("chat", "--json"),
        input=b"What does a crossing \xff cost?\n",
        env=clippings.surroundings(),
        cwd=clippings.home,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "crossing \ufffd cost" in done.stdout.decode()


def test_words_of_any_language_leave_a_bare_locale_whole(clippings: Command) -> None:
    outcome = clippings.apart(
        "ask", "Qué cuesta? 渡轮", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0"
    )
    assert outcome.code == 0
    assert "渡轮" in outcome.out or "\\u" not in outcome.out


def test_the_same_question_has_the_same_answer_in_every_process(clippings: Command) -> None:
    first, second = (_answer(clippings, seed) for seed in ("1", "2"))
    assert first == second


def _answer(clippings: Command, seed: str) -> dict[str, object]:
    """The answer of a process whose sets give their members in an order of its own."""
    answer = json.loads(clippings.apart(*ASK, "--json", PYTHONHASHSEED=seed).out)
    assert isinstance(answer, dict)
    return {key: value for key, value in answer.items() if key != "took_ms"}

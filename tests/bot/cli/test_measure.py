"""`eval` and `bench` for a person: one line a figure, a heading where figures belong together."""

from __future__ import annotations

from bot.cli.measure import render_figures
from bot.replies import Heading, Note


def test_figures_are_lines_and_groups_have_headings() -> None:
    figures = {"build": {"ours": {"seconds": 1.5}}, "exact": True, "ndcg@10": None}
    assert render_figures(figures).blocks == (
        Note("exact: True"),
        Note("ndcg@10: None"),
        Heading("build ours"),
        Note("seconds: 1.5"),
    )

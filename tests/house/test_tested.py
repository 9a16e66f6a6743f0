"""Each module has a test file of its name, or stands in a list that says where it is tested."""

from __future__ import annotations

from tests.house.source import PROJECT, modules

# By module: what tests it, because it does one thing with its neighbours, holds no decision, or
# runs by hand.

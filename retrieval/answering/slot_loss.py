"""What sentences lose that do not give what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SlotCheck:
    """A row a sentence: the log odds that it loses, and whether what is asked for is not there.

    `post` says that who holds a post is asked for, which others hold later.
    """

    loss: NDArray[np.float64]
    lacking: NDArray[np.bool_]
    post: bool = False

    def joined(self, other: SlotCheck) -> SlotCheck:
        """Both together: what is lost in either, and what is lacking in either."""
        lacking = self.lacking | other.lacking
        return SlotCheck(self.loss + other.loss, lacking, self.post or other.post)


def nothing_lost(rows: int) -> SlotCheck:
    """The check of as many rows that finds nothing."""
    return SlotCheck(np.zeros(rows), np.zeros(rows, dtype=np.bool_))

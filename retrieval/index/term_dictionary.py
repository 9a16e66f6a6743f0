"""Many sorted strings as two arrays, found by hash; nothing is decoded until it is asked for."""

from __future__ import annotations

import zlib
from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SortedStrings:
    """Distinct strings in order of their UTF-8 bytes, numbered from 0."""

    encoded: NDArray[np.uint8]
    starts: NDArray[np.int64]
    hashes: NDArray[np.uint32]
    numbers: NDArray[np.uint32]

    @classmethod
    def build(cls, strings: Iterable[str]) -> Self:
        """Store strings that are sorted and distinct already."""
        raw = [string.encode("utf-8", "surrogatepass") for string in strings]
        starts = np.zeros(len(raw) + 1, np.int64)
        np.cumsum([len(r) for r in raw], out=starts[1:])
        hashes = np.fromiter(map(zlib.crc32, raw), np.uint32, len(raw))
        order = hashes.argsort(kind="stable").astype(np.uint32)
        return cls(np.frombuffer(b"".join(raw), np.uint8), starts, hashes[order], order)

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], name: str) -> Self:
        """Take the four arrays that `arrays` stored under this name."""
        parts = ("encoded", "starts", "hashes", "numbers")
        return cls(*(arrays[f"{name}_{part}"] for part in parts))

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """Give the arrays to store, each named after `name`."""
        return {
            f"{name}_encoded": self.encoded,
            f"{name}_starts": self.starts,
            f"{name}_hashes": self.hashes,
            f"{name}_numbers": self.numbers,
        }

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:
        return self._raw(number).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        whole = self.encoded.tobytes()
        starts = self.starts.tolist()
        for start, end in pairwise(starts):
            yield whole[start:end].decode("utf-8", "surrogatepass")

    def find(self, string: str) -> int | None:
        """Give the number of a string, or none."""
        raw = string.encode("utf-8", "surrogatepass")
        code, hashes = zlib.crc32(raw), self.hashes.data  # numbers of Python: no array for each
        at = bisect_left(hashes, code)
        while at < len(hashes) and hashes[at] == code:
            if self._raw(number := self.numbers.data[at]) == raw:
                return number
            at += 1
        return None

    def starting_with(
        self, prefix: str, shortest: int = 0, longest: int | None = None
    ) -> list[tuple[int, str]]:
        """Give (number, string) for every string with this beginning, and this many bytes."""
        low, high = self.range_of(prefix)
        sizes = np.diff(self.starts[low : high + 1])
        fitting = sizes >= shortest if longest is None else (sizes >= shortest) & (sizes <= longest)
        return [(number, self[number]) for number in (np.flatnonzero(fitting) + low).tolist()]

    def range_of(self, prefix: str) -> tuple[int, int]:
        """Give the numbers of the strings with this beginning, as (first, after the last)."""
        raw = prefix.encode("utf-8", "surrogatepass")
        return self._bisect(raw), self._bisect(raw + b"\xff")

    def _raw(self, number: int) -> bytes:
        starts = self.starts.data
        return self.encoded.data[starts[number] : starts[number + 1]].tobytes()

    def _bisect(self, raw: bytes) -> int:
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self._raw(middle) < raw:
                low = middle + 1
            else:
                high = middle
        return low

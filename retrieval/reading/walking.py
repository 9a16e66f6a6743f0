"""Which files lie under the folders of a coverage."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import CoverageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A regular file: `label` is its path from its coverage folder's own name on, with `/`."""

    path: Path
    label: str
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Walk:
    """The files found, by label, and what was doubtful on the way."""

    files: dict[str, FoundFile] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def find_files(paths: Sequence[Path]) -> Walk:
    """Every regular file under the folders, and those named themselves; hidden names are left out.

    Links are followed, each file and folder counting once however many ways lead to it. Raises
    CoverageError for a path that does not exist or cannot be listed.
    """
    walk = Walk()
    for path in paths:
        before = len(walk.files)
        _enter_root(path, walk)
        if len(walk.files) == before and path.is_dir():
            walk.warnings.append(f"{path}: no files here; put articles (.md, .txt, …) into it")
    return walk


def _enter_root(path: Path, walk: Walk) -> None:
    root = path.expanduser().resolve()
    label = _name_root(root, walk)
    if root.is_file():
        _keep(str(root), f"{root.parent.name}/{root.name}", walk)
        return
    try:
        with os.scandir(root):
            pass
    except FileNotFoundError:
        message = f"{path}: no such folder or file; name one that exists, e.g. seeds"
        raise CoverageError(message) from None
    except OSError as error:
        message = f"{path}: cannot be listed: {error.strerror}; check its rights"
        raise CoverageError(message) from None
    _descend(str(root), label, walk)


def _descend(folder: str, label: str, walk: Walk) -> None:
    """Take up every file below a folder in order, however deep, without recursion."""
    waiting = [_list_folder(folder, label, walk)]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
        elif inner := _enter(entry[0], f"{entry[1]}/{_printable(entry[0].name)}", walk):
            waiting.append(_list_folder(*inner, walk))


def _name_root(root: Path, walk: Walk) -> str:
    """The folder's own name, with as many parents before it as tell it from folders read before."""
    taken = {label.split("/", 1)[0] for label in walk.files}
    label = root.name or "coverage"
    for parent in root.parents:
        if label not in taken:
            break
        label = f"{parent.name}.{label}"
    return label


def _list_folder(folder: str, label: str, walk: Walk) -> Iterator[tuple[os.DirEntry[str], str]]:
    """What lies in a folder, by name, with the folder's label; nothing for one met before."""
    real = os.path.realpath(folder)
    if real in walk.seen:
        return
    walk.seen.add(real)
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        walk.warnings.append(f"{label}: cannot be listed: {error.strerror}; check its rights")
        return
    yield from ((entry, label) for entry in entries if not entry.name.startswith("."))


def _enter(entry: os.DirEntry[str], label: str, walk: Walk) -> tuple[str, str] | None:
    """Keep a file; of a folder the path and the label, for it to be listed."""
    try:
        is_folder, is_file = entry.is_dir(), entry.is_file()
    except OSError:
        is_folder = is_file = False
    if is_folder:
        return entry.path, label
    if is_file:
        _keep(os.path.realpath(entry.path) if entry.is_symlink() else entry.path, label, walk)
    elif entry.is_symlink():
        walk.warnings.append(f"{label}: a link that leads nowhere; remove it")
    else:
        walk.warnings.append(f"{label}: neither a file nor a folder; left out")
    return None


def _keep(path: str, label: str, walk: Walk) -> None:
    if path in walk.seen:
        return
    walk.seen.add(path)
    try:
        status = os.stat(path)  # noqa: PTH116  # a Path for each of thousands of unchanged files is slow
        size, mtime_ns = status.st_size, status.st_mtime_ns
    except OSError:
        size, mtime_ns = -1, -1
    while label in walk.files:
        label += "~"
    walk.files[label] = FoundFile(Path(path), label, size, mtime_ns)


def _printable(name: str) -> str:
    """A file name that is not valid text, with its odd bytes spelled out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")

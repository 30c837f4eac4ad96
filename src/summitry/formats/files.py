"""Bytes in and bytes out: what a scenario is read from, with limits, and how a set of files is written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from summitry.case.source import is_file, plain
from summitry.errors import BadArgument, CaseInvalid, Problem
from summitry.files import place_new, refuse_existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

MOST_BYTES = 32 * 2**20
MOST_FILES = 500
SUFFIXES = {".xml", ".json", ".yml", ".yaml", ".xlsx", ".txt"}


@dataclass(frozen=True, slots=True)
class Source:
    """One opened file: its path below the scenario's folder, as shown in messages, and its bytes."""

    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """The file's name without folder and ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending in lower case, with its dot."""
        return Path(self.name).suffix.lower()

    def text(self) -> str:
        """The bytes as text; raises CaseInvalid where they are not UTF-8."""
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return Place(self.name).refuse(f"byte {error.start} is not UTF-8", "Save the file as UTF-8")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; lines and columns count from 1, None where the format has none."""

    file: str
    line: int | None = None
    column: int | None = None
    path: str = ""

    def refuse(self, what: str, remedy: str) -> NoReturn:
        """Raise the one problem that makes the file unusable."""
        raise CaseInvalid([self.problem(what, remedy)])

    def problem(self, what: str, remedy: str) -> Problem:
        """Say what is wrong here and what would be right."""
        return Problem(plain(self.file), self.line, self.column, plain(self.path), what, f"{remedy}.")


def open_one(path: Path, name: str | None = None) -> Source:
    """Read one file within the limit; raises CaseInvalid where it is none, or too large."""
    place = Place(name or path.name)
    if not is_file(path):
        place.refuse("there is no such file", "Check the name and the folder that it stands in")
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as problem:
        place.refuse(f"the file cannot be read ({problem.strerror})", "Check its access rights")
    if len(data) > MOST_BYTES:
        place.refuse(f"the file is larger than {MOST_BYTES // 2**20} MiB", "No scenario is that large; give the right file")
    return Source(place.file, data)


def open_folder(folder: Path, ending: str = "") -> list[Source]:
    """Read the files that could belong to a scenario (of one ending, where given), scores_files/ too, in the order of names."""
    endings = {ending.lower()} if ending else SUFFIXES
    try:
        entries = [path for path in (*folder.iterdir(), *folder.glob("scores_files/*")) if path.suffix.lower() in endings]
        paths = sorted(path for path in entries if path.is_file() and not path.name.startswith("."))
    except OSError as problem:
        Place(plain(str(folder))).refuse(f"the folder cannot be listed ({problem.strerror})", "Check its access rights")
    if len(paths) > MOST_FILES:
        Place(folder.name).refuse(f"the folder holds more than {MOST_FILES} files", "Give the scenario's own folder or its files")
    return [open_one(path, path.relative_to(folder).as_posix()) for path in paths]


def digest(sources: Iterable[Source]) -> str:
    """SHA-256 of the opened files' names, lengths and bytes, whatever the order they were opened in."""
    state = hashlib.sha256()
    for source in sorted(sources, key=lambda source: source.name):
        state.update(f"{source.name}\0{len(source.data)}\0".encode())
        state.update(source.data)
    return state.hexdigest()


def write_file(path: Path, data: bytes) -> None:
    """Write one new file whole or not at all; raises OutputInTheWay where something stands there."""
    with _writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(prefix=".summitry-", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
            place_new(Path(temporary), path)
        finally:
            Path(temporary).unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write new files below a folder, all or none; raises OutputInTheWay where one of them stands there already."""
    targets = [folder / name for name in files]
    with _writing(folder):
        refuse_existing(targets)
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=".summitry-", dir=folder.parent))
        try:
            for name, data in files.items():
                (staged / name).parent.mkdir(parents=True, exist_ok=True)
                (staged / name).write_bytes(data)
            _move_all(staged, folder, list(files))
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    return targets


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say which place cannot be written, and why."""
    try:
        yield
    except (OSError, ValueError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) and problem.strerror else problem
        raise BadArgument(f"{plain(str(path))} cannot be written: {reason}. Choose another place.") from problem


def _move_all(staged: Path, folder: Path, names: Sequence[str]) -> None:
    placed: list[Path] = []
    fresh = not folder.exists()
    try:
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            place_new(staged / name, folder / name)
            placed.append(folder / name)
    except BaseException:
        for path in placed:
            path.unlink()
        if fresh:
            _remove_empty(folder)
        raise


def _remove_empty(folder: Path) -> None:
    for path in sorted((folder, *folder.rglob("*")), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()

"""Opening a case's files: only the folders that this reader may open, only plain files of bearable size, only UTF-8.

A reader with a viewer lists and opens case.yaml, evidence/ and preferences/VIEWER/; nothing else is looked at, not even by name.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from summitry.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MEGABYTE = 1_000_000
YAML_LIMIT = 1 * MEGABYTE
TABLE_LIMIT = 10 * MEGABYTE
DOCUMENT_LIMIT = 2 * MEGABYTE
ENTRIES_LIMIT = 2000
SHOWN = 60
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")


def shown(text: str) -> str:
    """`text` in quotes, short, with unprintable characters escaped, so that no file can write to a terminal through a message."""
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")


def plain(text: str) -> str:
    """A file name or a path of names as it may be printed: unprintable characters are escaped."""
    short = text if len(text) <= 4 * SHOWN else text[: 4 * SHOWN - 1] + "…"
    return short if short.isprintable() else repr(short)[1:-1]


@dataclass(slots=True)
class Folder:
    """One case folder as this reader sees it; collects the problems of opening, and the digest of what was opened."""

    root: Path
    problems: list[Problem] = field(default_factory=list)
    opened: dict[str, bytes] = field(default_factory=dict)

    def report(
        self, file: str, what: str, remedy: str, *, line: int | None = None, level: Literal["error", "warning"] = "error"
    ) -> None:
        """Note a problem of a file as a whole."""
        self.problems.append(Problem(plain(file), line, None, "", what, remedy, level))

    def entries(self, folder: str, *, required: bool = False) -> Iterator[tuple[str, bool]]:
        """Sorted names in `folder` ("" is the root), each with whether it is a folder; links and hidden names are left out."""
        place = self.root / folder
        if self._kind(folder, wanted="folder", required=required) is None:
            return
        try:
            with os.scandir(place) as listing:
                names = sorted((entry.name, entry.is_symlink(), entry.is_dir(follow_symlinks=False)) for entry in listing)
        except OSError as error:
            self.report(folder, f"this folder cannot be listed ({_reason(error)})", "Check its access rights.")
            return
        if len(names) > ENTRIES_LIMIT:
            self.report(folder, f"this folder holds {len(names)} files", f"A case holds at most {ENTRIES_LIMIT} in one folder.")
            return
        for name, link, is_folder in names:
            if name.startswith("."):
                continue
            if link:
                self._refuse_link(f"{folder}/{name}" if folder else name)
            else:
                yield name, is_folder

    def text(self, file: str, limit: int, *, required: bool = False) -> str | None:
        """The text of `file` in NFC, or None with the reason among the problems (an absent file is one only if `required`)."""
        status = self._kind(file, wanted="file", required=required)
        if status is None:
            return None
        if status.st_size > limit:
            what = f"this file has {status.st_size / MEGABYTE:.1f} MB"
            self.report(file, what, f"At most {limit / MEGABYTE:.0f} MB are read: shorten or split it.")
            return None
        try:
            handle = os.open(self.root / file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as stream:
                data = stream.read(limit + 1)
        except OSError as error:
            self.report(file, f"this file cannot be read ({_reason(error)})", "Check its access rights.")
            return None
        if len(data) > limit:
            self.report(file, "this file grew while it was read", "Read the case again.")
            return None
        self.opened[unicodedata.normalize("NFC", file)] = data
        return self._decode(file, data)

    def digest(self) -> str:
        """SHA-256 over (relative path, bytes) of every opened file in sorted order; the same wherever the folder lies."""
        total = hashlib.sha256()
        for file, data in sorted(self.opened.items()):
            name = file.encode("utf-8", "surrogateescape")
            total.update(b"%d %d\n" % (len(name), len(data)))
            total.update(name)
            total.update(data)
        return total.hexdigest()

    def _kind(self, name: str, wanted: Literal["file", "folder"], *, required: bool) -> os.stat_result | None:
        parts = name.split("/") if name else []
        status = None
        for depth in range(0 if not parts else 1, len(parts) + 1):
            part = "/".join(parts[:depth])
            try:
                status = (self.root / part).stat(follow_symlinks=not part)
            except (OSError, ValueError) as error:
                if required:
                    self._absent(name, wanted, error)
                return None
            if stat.S_ISLNK(status.st_mode):
                self._refuse_link(part)
                return None
        right = stat.S_ISREG if wanted == "file" else stat.S_ISDIR
        if status is None or not right(status.st_mode):
            other = "folder" if wanted == "file" else "file"
            what = f"a {wanted} is expected here, not a {other} or device"
            self.report(name, what, f"Move it away, and put a {wanted} of this name in its place.")
            return None
        return status

    def _absent(self, name: str, wanted: str, error: OSError | ValueError) -> None:
        if isinstance(error, PermissionError):
            self.report(name, f"this {wanted} cannot be opened ({_reason(error)})", "Check the access rights.")
        else:
            self.report(name, f"this {wanted} is missing", "Add it.")

    def _refuse_link(self, name: str) -> None:
        what = "a symbolic link is not read, because it may lead out of the case"
        problem = Problem(plain(name), None, None, "", what, "Put the file itself here.")
        if problem not in self.problems:
            self.problems.append(problem)

    def _decode(self, file: str, data: bytes) -> str | None:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.report(file, "this file is written in UTF-16", "Save it as UTF-8.", line=1)
            return None
        if data.startswith(b"\xef\xbb\xbf"):
            what = "this file begins with a byte order mark"
            self.report(file, what, "It is read without it; save it as UTF-8 without BOM.", line=1, level="warning")
            data = data[3:]
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            what = f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8, so this file has another encoding or is no text"
            self.report(file, what, "Save it as UTF-8.", line=line)
            return None
        bad = _CONTROL.search(text)
        if bad is not None:
            line, column = text.count("\n", 0, bad.start()) + 1, bad.start() - text.rfind("\n", 0, bad.start())
            what = (
                f"a control character (code {ord(bad[0])}) stands at character {column} of this line, so this may be no text file"
            )
            self.report(file, what, "Remove it, or save the file as plain text in UTF-8.", line=line)
            return None
        if not unicodedata.is_normalized("NFC", text):
            what = "some letters with accents are written as letter plus accent (Unicode NFD)"
            remedy = "They are read as single letters (NFC), so that equal names are equal; save the file in NFC."
            self.report(file, what, remedy, level="warning")
            text = unicodedata.normalize("NFC", text)
        return text


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def is_file(path: Path) -> bool:
    """Whether `path` is a file; a name that no file system accepts is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; a name that no file system accepts is none."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def target(path: Path) -> Path:
    """Where a path leads; itself where it leads in a circle or nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path

"""Writing a set of files all or nothing, over nothing but what was written before; a new file never over anything.

The manifest `.summitry` is a JSON list of {"name", "sha256"} of the files that summitry wrote into a folder. A file that is there
and that the manifest does not know with the same hash is somebody else's, or edited, and stops everything first.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from summitry.errors import BadArgument, OutputInTheWay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MANIFEST = ".summitry"


def write(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write `contents` by file name into `folder`, which is made where it is missing; gives the paths in the same order.

    1. Refuse where a file is in the way; wait where another run writes there.
    2. Write everything into a temporary folder beside it.
    3. Publish a manifest that knows both the old and the new files, then move each file, then the final manifest; so an
       interruption at any moment leaves a folder that the next run may write again. A failure moves the old files back.
    Raises OutputInTheWay before anything is written, and BadArgument where the folder cannot be written.
    """
    check(folder, {})
    new = not folder.exists()
    fresh = {name: {_sha256(data)} for name, data in contents.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            earlier = check(folder, contents)
            others = {name: hashes for name, hashes in earlier.items() if name not in fresh and (folder / name).is_file()}
            with tempfile.TemporaryDirectory(dir=folder, prefix=".summitry-") as scratch:
                _publish(folder, Path(scratch), contents, _merged(earlier, fresh), others | fresh)
    except OSError as problem:
        if new:
            with contextlib.suppress(OSError):  # somebody else may have put something there
                folder.rmdir()
        msg = f"{folder} cannot be written: {problem.strerror or problem}. Choose another place with --out."
        raise BadArgument(msg) from problem
    return tuple(folder / name for name in contents)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other run writes into the folder, and keep others waiting, where this system has such locks."""
    if find_spec("fcntl") is None:
        yield
        return
    from fcntl import LOCK_EX, flock

    lock = os.open(folder, os.O_RDONLY)
    try:
        flock(lock, LOCK_EX)
        yield
    finally:
        os.close(lock)


def check(folder: Path, names: Mapping[str, object]) -> dict[str, set[str]]:
    """The manifest of `folder`; raises OutputInTheWay where one of `names` is there and is not what the manifest says."""
    if os.path.lexists(folder) and not folder.is_dir():
        raise OutputInTheWay(str(folder))
    earlier = _manifest(folder / MANIFEST)
    for name in names:
        path = folder / name
        if os.path.lexists(path) and (
            path.is_symlink() or not path.is_file() or _sha256(path.read_bytes()) not in earlier.get(name, set())
        ):
            raise OutputInTheWay(str(path))
    return earlier


def _publish(
    folder: Path, scratch: Path, contents: Mapping[str, bytes], between: dict[str, set[str]], final: dict[str, set[str]]
) -> None:
    for name, data in contents.items():
        (scratch / name).write_bytes(data)
    (scratch / "between").write_bytes(_listed(between))
    (scratch / "final").write_bytes(_listed(final))
    fresh: list[str] = []
    old_manifest = (folder / MANIFEST).read_bytes() if (folder / MANIFEST).exists() else None
    try:
        (scratch / "between").replace(folder / MANIFEST)
        for name in contents:
            if (folder / name).exists():
                (folder / name).replace(scratch / f"{name}.old")
            fresh.append(name)
            (scratch / name).replace(folder / name)
        (scratch / "final").replace(folder / MANIFEST)
    except BaseException:
        for name in fresh:
            _put_back(folder / name, scratch / f"{name}.old")
        if old_manifest is None:
            (folder / MANIFEST).unlink(missing_ok=True)
        else:
            (folder / MANIFEST).write_bytes(old_manifest)
        raise


def _put_back(path: Path, old: Path) -> None:
    with contextlib.suppress(FileNotFoundError):  # the failure may have come before the new file was there
        path.unlink()
    if old.exists():
        old.replace(path)


def _manifest(path: Path) -> dict[str, set[str]]:
    if not os.path.lexists(path):
        return {}
    entries: dict[str, set[str]] = {}
    try:
        if not path.is_file():  # a pipe would be waited for
            raise OutputInTheWay(str(path))
        for entry in json.loads(path.read_bytes()):
            entries.setdefault(str(entry["name"]), set()).add(str(entry["sha256"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as problem:
        raise OutputInTheWay(str(path)) from problem
    return entries


def _merged(*manifests: dict[str, set[str]]) -> dict[str, set[str]]:
    names = dict.fromkeys(name for manifest in manifests for name in manifest)
    return {name: set().union(*(manifest.get(name, set()) for manifest in manifests)) for name in names}


def _listed(manifest: dict[str, set[str]]) -> bytes:
    entries = [{"name": name, "sha256": digest} for name, hashes in sorted(manifest.items()) for digest in sorted(hashes)]
    return (json.dumps(entries, indent=1) + "\n").encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def refuse_existing(targets: Sequence[Path]) -> None:
    """Raise OutputInTheWay where anything stands in one of these places, also a link that leads nowhere."""
    for target in targets:
        if target.exists() or target.is_symlink():
            raise OutputInTheWay(str(target))


def place_new(finished: Path, target: Path) -> None:
    """Give a finished file its name; a hard link, because a rename would overwrite what came in between."""
    finished.chmod(0o644)
    try:
        os.link(finished, target)
    except FileExistsError:
        raise OutputInTheWay(str(target)) from None
    except OSError:  # a file system without hard links: the check just before is the best there is
        refuse_existing([target])
        finished.rename(target)

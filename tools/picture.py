"""Draw the one page of a bundled case for the README: `.venv/bin/python tools/picture.py [CASE]`.

The picture carries the digest of the words that it shows, as text inside the PNG, so that a test can tell when it is out of date.
"""

from __future__ import annotations

import hashlib
import json
import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import summitry
from summitry.report import figures, page
from summitry.report.pdf import template

if TYPE_CHECKING:
    from summitry.study import Findings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
KEY = b"summitry-words"
PIXELS_PER_INCH = 108
HEADER = 8 + 25
"""Bytes of a PNG before which no text may stand: its signature and its IHDR chunk."""


def words(findings: Findings) -> str:
    """SHA-256 of all that the page says."""
    return hashlib.sha256(json.dumps(page.content(findings), sort_keys=True).encode()).hexdigest()


def digest_of(png: bytes) -> str:
    """The digest that a picture carries; empty where it carries none."""
    start = png.find(b"tEXt" + KEY + b"\0")
    return "" if start < 0 else png[start + 5 + len(KEY) : start + 5 + len(KEY) + 64].decode()


def picture(findings: Findings) -> bytes:
    """The page as PNG."""
    import typst

    drawings = figures.drawn(findings)
    data = page.data(page.content(findings), page.picked(drawings), {figure.key: figures.svg(figure) for figure in drawings})
    png = typst.compile(
        template(page.TEMPLATE), format="png", ppi=PIXELS_PER_INCH, ignore_system_fonts=True, sys_inputs={"data": data}
    )
    chunk = b"tEXt" + KEY + b"\0" + words(findings).encode()
    text = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return png[:HEADER] + text + png[HEADER:]


def main(name: str = "korea-2019") -> None:
    """Write docs/pictures/NAME.png."""
    FOLDER.mkdir(exist_ok=True)
    target = FOLDER / f"{name}.png"
    target.write_bytes(picture(summitry.study.run(summitry.open(name))))
    print(f"{target} ({target.stat().st_size / 1000:.0f} kB)")


if __name__ == "__main__":
    main(*sys.argv[1:])

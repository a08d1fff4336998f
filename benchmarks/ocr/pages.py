"""Text -> pages as a press would set them -> what Tesseract reads.

Needs what the package itself does not: Pillow, Debian's ``tesseract-ocr``, ``tesseract-ocr-chi-sim`` and
``fonts-noto-cjk``.
"""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FONTS = Path("/usr/share/fonts/opentype/noto")
"""Where Debian keeps Noto Sans CJK and Noto Serif CJK."""
_SIMPLIFIED = 2
"""Index of the simplified Chinese face in the collections."""
_NO_START = "，。；：、！？”’）》」』…％%"


@dataclass(frozen=True, slots=True)
class Press:
    """How a page is printed and scanned: face, size of a character in pixels, blur, specks, columns, lines."""

    font: str = "NotoSerifCJK-Regular.ttc"
    size: int = 20
    blur: float = 0.6
    specks: float = 0.004
    columns: int = 30
    rows: int = 24
    head: str = "政府工作报告"


def missing() -> str:
    """What is not installed, or nothing."""
    if find_spec("PIL") is None:
        return "Pillow is not installed"
    if shutil.which("tesseract") is None:
        return "tesseract is not installed"
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S607
    if "chi_sim" not in languages.stdout.split():
        return "tesseract has no chi_sim"
    return "" if (FONTS / "NotoSerifCJK-Regular.ttc").is_file() else f"no Noto CJK fonts in {FONTS}"


def lines_of(text: str, columns: int) -> Iterator[str]:
    """Lines of a page: paragraphs indented and wrapped, no mark at a line's beginning."""
    for paragraph in filter(None, text.split("\n")):
        line = "　　"
        for sign in paragraph.strip():
            if _width(line) >= columns and sign not in _NO_START:
                yield line
                line = ""
            line += sign
        yield line


def _width(line: str) -> float:
    return sum(0.5 if sign.isascii() else 1 for sign in line)


def pages_of(text: str, press: Press) -> list[list[str]]:
    """Pages of lines, each with a running head and a page number."""
    lines = list(lines_of(text, press.columns))
    bodies = [lines[i : i + press.rows] for i in range(0, len(lines), press.rows)]
    return [[press.head, *body, f"- {number} -"] for number, body in enumerate(bodies, 1)]


def render(lines: list[str], press: Press, rng: random.Random, path: Path) -> None:
    """Draw a page, blur it, strew specks, save it."""
    image_of, draw_of = import_module("PIL.Image"), import_module("PIL.ImageDraw")
    font: Any = import_module("PIL.ImageFont").truetype(
        str(FONTS / press.font), press.size, index=_SIMPLIFIED
    )
    width = int(press.size * (press.columns + 5))
    step = int(press.size * 1.7)
    image = image_of.new("L", (width, step * (len(lines) + 3)), 255)
    draw = draw_of.Draw(image)
    for row, line in enumerate(lines):
        centred = row in (0, len(lines) - 1)
        left = (width - font.getlength(line)) / 2 if centred else press.size * 2
        draw.text((left, step * (row + 1)), line, font=font, fill=30)
    image = image.filter(import_module("PIL.ImageFilter").GaussianBlur(press.blur))
    pixels = image.load()
    for _ in range(int(image.width * image.height * press.specks)):
        pixels[rng.randrange(image.width), rng.randrange(image.height)] = rng.randrange(256)
    image.save(path)


def read_pages(text: str, press: Press, seed: int = 0) -> str:
    """What Tesseract reads from the pages of ``text``, page after page."""
    rng = random.Random(seed)  # noqa: S311 (noise, no secret)
    read: list[str] = []
    with TemporaryDirectory() as folder:
        for number, lines in enumerate(pages_of(text, press)):
            path = Path(folder) / f"{number}.png"
            render(lines, press, rng, path)
            command = ["tesseract", str(path), "stdout", "-l", "chi_sim", "--psm", "6"]
            done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603
            read.append(done.stdout.decode("utf-8").replace("\f", "").strip("\n"))
    return "\n\n".join(read) + "\n"

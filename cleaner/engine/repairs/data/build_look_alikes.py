"""Which characters look alike in print: ``python -m cleaner.engine.repairs.data.build_look_alikes SANS.ttc SERIF.ttc``.

Every character of GB 2312 is drawn in two typefaces (the table in this folder: Noto Sans CJK SC and Noto
Serif CJK SC), blurred and scaled down; two characters look alike when the cosine of their pictures, less the mean picture,
is at least 0.4 and one is among the nearest twenty of the other. Only pairs are kept whose second character stands in
``han_fourgrams.txt``: the others could never be restored. A line is a character, a space, what it may be a
misreading of at a cosine of 0.66 or more, a bar, and what at less. Needs ``pillow``, which the package itself does not.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

NEAREST = 20
LEAST = 0.4
NEAR = 0.66
SIZE = 44
TABLE = Path(__file__).with_name("look_alikes.txt")


def characters() -> list[str]:
    """The Han characters of GB 2312, in its order."""
    codes = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    return [c for c in (code.decode("gb2312", "ignore") for code in codes) if c]


def picture(character: str, font: Any) -> Any:
    """A blurred picture of one character as a flat vector."""
    pillow, draws = import_module("PIL.Image"), import_module("PIL.ImageDraw")
    image = pillow.new("L", (SIZE, SIZE), 0)
    draw = draws.Draw(image)
    left, top, right, bottom = draw.textbbox((0, 0), character, font=font)
    draw.text((SIZE / 2 - (left + right) / 2, SIZE / 2 - (top + bottom) / 2), character, font=font, fill=255)
    padded = np.pad(np.asarray(image, dtype=np.float32), 2)
    weights = (1, 2, 3, 2, 1)
    blurred = sum(
        weights[i] * weights[j] * padded[i : i + SIZE, j : j + SIZE] for i in range(5) for j in range(5)
    )
    return np.asarray(blurred)[::2, ::2].ravel()


def likeness(signs: list[str], fonts: list[Path]) -> Any:
    """The mean over the typefaces of the cosine of all pairs of pictures."""
    load = import_module("PIL.ImageFont").truetype
    total: Any = 0
    for path in fonts:
        font = load(str(path), 40, index=2)
        drawn = np.stack([picture(sign, font) for sign in signs])
        drawn -= drawn.mean(axis=0)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True) + 1e-6
        total = total + drawn @ drawn.T
    total /= len(fonts)
    np.fill_diagonal(total, -1)
    return total


def main(fonts: list[Path]) -> None:
    """Draw, compare, and write the table beside this script."""
    known = set(Path(__file__).with_name("han_fourgrams.txt").read_text(encoding="utf-8"))
    signs = characters()
    alike = likeness(signs, fonts)
    pairs: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for one, row in enumerate(np.argsort(-alike, axis=1)[:, :NEAREST]):
        for other in row[alike[one, row] >= LEAST]:
            pairs[signs[one]][signs[other]] = pairs[signs[other]][signs[one]] = float(alike[one, other])
    lines = (render(sign, {c: v for c, v in pairs[sign].items() if c in known}) for sign in sorted(pairs))
    TABLE.write_text("".join(line for line in lines if line), encoding="utf-8")


def render(sign: str, alike: dict[str, float]) -> str:
    """One line of the table; empty where nothing looks like the character."""
    near = "".join(sorted(c for c, value in alike.items() if value >= NEAR))
    far = "".join(sorted(c for c, value in alike.items() if value < NEAR))
    return f"{sign} {near}|{far}\n" if alike else ""


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

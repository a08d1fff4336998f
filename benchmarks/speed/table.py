"""The figures of a run as Markdown, with the ratios that were promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from benchmarks.speed.subjects import CHAIN, END_TO_END, FIGURES, NAIVE, PEER_END_TO_END

_PROMISED = (
    ("5 % damaged", CHAIN, "autocorrect-py", 1.5),
    ("5 % damaged", CHAIN, "ftfy", 15.0),
    ("5 % damaged", CHAIN, NAIVE, 6.0),
    ("clean", CHAIN, "autocorrect-py", 2.5),
    ("5 % damaged", FIGURES, CHAIN, 1.0),
)
"""Text, subject, what it is compared with, and the ratio to reach."""


def render(found: Mapping[str, Any], earlier: Mapping[str, Any] | None = None) -> str:
    """Tables of speeds, ratios, files and passes; beside each figure what it was in ``earlier``."""
    parts = [_head(found["machine"]), _speeds(found["speeds"], (earlier or {}).get("speeds", {}))]
    parts.append(_ratios(found))
    if "files" in found:
        parts += [_files(found["files"]), _passes(found["passes"], (earlier or {}).get("passes", {}))]
    return "\n".join(parts)


def _head(machine: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {number}" for name, number in machine["versions"].items() if number)
    return (
        f"{machine['cores']} cores ({machine['machine']}), Python {machine['python']}, {machine['rules']} rules; "
        f"each text {machine['size'] / 1e6:g} MB, median of {machine['rounds']} rounds. {versions}.\n"
    )


def _speeds(speeds: Mapping[str, Mapping[str, float]], earlier: Mapping[str, Mapping[str, float]]) -> str:
    texts = list(speeds)
    names = list(next(iter(speeds.values())))
    rows = [f"| MB/s | {' | '.join(texts)} |", "| --- |" + " ---: |" * len(texts)]
    for name in names:
        cells = (_cell(speeds[text][name], earlier.get(text, {}).get(name)) for text in texts)
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows) + "\n"


def _cell(speed: float, before: float | None) -> str:
    shown = f"{speed:.3g}"
    return f"{shown} (×{speed / before:.2f})" if before else shown


def _ratios(found: Mapping[str, Any]) -> str:
    rows = ["| text | ratio | measured | to reach |", "| --- | --- | ---: | ---: |"]
    for text, subject, other, least in _PROMISED:
        speeds = found["speeds"].get(text, {})
        if subject in speeds and other in speeds:
            rows.append(
                f"| {text} | {subject} / {other} | {_kept(speeds[subject] / speeds[other], least)} | {least:g} |"
            )
    if "files" in found:
        rows += _file_ratios(found["files"])
    if "growth" in found:
        rows += _growth_ratios(found["growth"])
    return "\n".join(rows) + "\n"


def _growth_ratios(growth: Mapping[str, float]) -> Iterator[str]:
    few = growth["150"]
    for size, most in (("500", 1.5), ("2000", 2.5)):
        times = few / growth[size]
        shown = f"{times:.3g}" if times <= most else f"**{times:.3g}**"
        yield f"| 5 % damaged | time of {size} made rules / 150 | {shown} | at most {most:g} |"


def _file_ratios(files: Mapping[str, Any]) -> Iterator[str]:
    speeds = files["speeds"]
    one, two = speeds[END_TO_END], speeds[f"{END_TO_END}, --jobs 2"]
    if PEER_END_TO_END in speeds:
        ratio = one / speeds[PEER_END_TO_END]
        yield f"| 5 % damaged | {END_TO_END} / {PEER_END_TO_END} | {_kept(ratio, 1.3)} | 1.3 |"
    ceiling = files["burn scaling of two processes"]
    yield (
        f"| 5 % damaged | --jobs 2 / --jobs 1, over what two processes burn here ({ceiling:g}) | "
        f"{_kept(two / one / ceiling, 0.9)} | 0.9 |"
    )


def _kept(ratio: float, least: float) -> str:
    return f"{ratio:.3g}" if ratio >= least else f"**{ratio:.3g}**"


def _files(files: Mapping[str, Any]) -> str:
    rows = ["| files, 5 % damaged | MB/s |", "| --- | ---: |"]
    rows += [f"| {name} | {speed:.3g} |" for name, speed in files["speeds"].items()]
    return "\n".join(rows) + "\n"


def _passes(passes: Mapping[str, float], earlier: Mapping[str, float]) -> str:
    rows = ["| document pass alone, 5 % damaged | MB/s |", "| --- | ---: |"]
    rows += [f"| `{name}` | {_cell(speed, earlier.get(name))} |" for name, speed in passes.items()]
    return "\n".join(rows) + "\n"

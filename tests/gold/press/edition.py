"""One sample document: its damage list read, its truth damaged, its files made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from press import marks, structure
from press.ledger import Row, print_out, restore, rows_of, seed_span, truth_of
from press.pieces import Damage, DamageListError, Fragment, Piece, from_truth
from press.wrap import wrap

GOLD = Path(__file__).resolve().parents[1]
SEEDS = GOLD.parents[1] / "seeds"


@dataclass(frozen=True)
class Edition:
    """A seed with its ledger, and the disagreements and agreements that its figures hold."""

    name: str
    seed: str
    truth: str
    rows: Sequence[Row]
    findings: Sequence[Row]


class Classes:
    """Makes a `Damage` of a class, with what ``damage/classes.yaml`` says of it."""

    def __init__(self, table: Mapping[str, Mapping[str, Any]]) -> None:
        self._table = table

    def __call__(self, kind: str, *, group: bool = False, **extra: Any) -> Damage:
        """A damage of class ``kind``; certainty, action and reason may be overridden by keyword."""
        if kind not in self._table:
            raise DamageListError(f"unknown class {kind!r}")
        known = {**self._table[kind], **extra}
        main = {key: known.pop(key) for key in ("certainty", "action", "reason")}
        return Damage(kind, extra=known, group=group, **main)


def load_yaml(path: Path) -> Any:
    """The content of a YAML file."""
    return YAML(typ="safe").load(path.read_text("utf-8"))


def names() -> list[str]:
    """The documents that have a damage list, in order."""
    lists = (path.stem for path in (GOLD / "damage").glob("*.yaml"))
    return sorted(name for name in lists if name != "classes")


def make_edition(name: str) -> Edition:
    """Damage one document as its list says.

    Raises:
        DamageListError: the list does not fit the truth, or the three texts disagree.
    """
    spec = load_yaml(GOLD / "damage" / f"{name}.yaml")
    make = Classes(load_yaml(GOLD / "damage" / "classes.yaml"))
    truth = (GOLD / f"{name}_truth.txt").read_text("utf-8").rstrip("\n")
    fragments = from_truth(truth)
    _damage(fragments, spec, make)
    seed = print_out(fragments).text
    rows = rows_of(fragments, name, make)
    if truth_of(fragments) != truth or restore(seed, rows) != truth:
        raise DamageListError(f"{name}: seed, truth and ledger disagree")
    findings = [_finding(name, each, fragments, truth) for each in spec["figures"]]
    return Edition(name, seed + "\n", truth + "\n", rows, findings)


def _damage(fragments: list[Fragment], spec: Mapping[str, Any], make: Classes) -> None:
    for head in spec.get("bold", []):
        marks.bold(fragments, head, make("markdown_residue"))
    for kind, entries in spec.get("marks", {}).items():
        for entry in entries:
            known = {"mark": entry} if isinstance(entry, str) else dict(entry)
            text = known.pop("mark")
            marks.mark(fragments, text, make(kind, **known))
    marks.half_width(fragments, spec.get("half_width", {}), make)
    if spec.get("space_digits"):
        marks.space_digits(fragments, make)
    for step in spec.get("structure", []):
        structure.apply_step(fragments, step, make)
    if "wrap" in spec:
        wrap(fragments, spec["wrap"], make)
    if spec.get("leading"):
        fragments[0].pieces.insert(0, Piece(spec["leading"], "", make("spacing")))


def _finding(name: str, entry: Mapping[str, Any], fragments: list[Fragment], truth: str) -> Row:
    quote = entry["quote"]
    if truth.count(quote) != 1:
        raise DamageListError(f"{name}: {quote!r} stands {truth.count(quote)} times in the truth")
    at = truth.index(quote)
    start, end = seed_span(fragments, at, at + len(quote))
    return {"doc": f"{name}.txt", **entry, "truth_offset": at, "start": start, "end": end}


def lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def files() -> dict[Path, str]:
    """Every file that the press makes, with its content."""
    made: dict[Path, str] = {}
    figures: list[Row] = []
    for name in names():
        edition = make_edition(name)
        made[SEEDS / f"{name}.txt"] = edition.seed
        made[GOLD / f"{name}.jsonl"] = lines(edition.rows)
        figures += edition.findings
    made[GOLD / "findings.jsonl"] = lines([row for row in figures if row["verdict"] == "inconsistent"])
    made[GOLD / "agreements.jsonl"] = lines([row for row in figures if row["verdict"] == "consistent"])
    return made

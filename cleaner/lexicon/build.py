"""From a folder of documents to a folder with a proposed names pack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import KanwuError
from cleaner.lexicon.corpus import by_place, common_pairs, joined
from cleaner.lexicon.proposal import Proposal
from cleaner.lexicon.variants import variants
from cleaner.model import Document, Refusal
from cleaner.packs.load import load_pack
from cleaner.reading.decode import ReadError
from cleaner.reading.discover import discover
from cleaner.reading.formats import read_source
from cleaner.reading.identity import UNKNOWN
from cleaner.testing.rules import test_rule


class LexiconError(KanwuError):
    """A proposal that cannot be kept: the folder is taken, or has no name that a pack may have."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was proposed: pack folders with their proposals, and documents whose place is not known."""

    packs: tuple[tuple[Path, Proposal], ...]
    placeless: tuple[str, ...]


def read_corpus(
    inputs: Iterable[str], encoding: str | None = None
) -> tuple[tuple[Document, ...], tuple[Refusal, ...]]:
    """The documents of files, folders or globs, and the files that cannot be read.

    Raises:
        InputError: nothing was found, or two inputs have one name.
    """
    documents: list[Document] = []
    refusals: list[Refusal] = []
    for found in discover(inputs):
        try:
            documents += read_source(found, encoding).documents
        except ReadError as error:
            refusals.append(Refusal(found.doc, str(error)))
    return tuple(documents), tuple(refusals)


def build(documents: Iterable[Document], out: Path, place: str = "") -> Built:
    """Propose a names pack from ``documents``, one for each place that they are of.

    Args:
        documents: what ``read_corpus`` or ``cleaner.read`` gave.
        out: the pack's folder; with several places a folder of packs. It must not hold anything yet, for what a
            person decided about an earlier proposal stands there.
        place: the place of all documents; without it each document's own.

    Returns:
        The packs that were written, none where no name has two readings.

    Raises:
        LexiconError: ``out`` is not empty, or its name is not one that a pack may have.
    """
    _check(out)
    texts = list(joined(documents, place))
    common = common_pairs(texts)
    groups = by_place(texts)
    found = {name: variants(group, common) for name, group in groups.items()}
    places = [name for name in groups if found[name]]
    packs = [
        (folder, Proposal.of(folder.name, name, groups[name], found[name]))
        for name, folder in zip(places, _folders(out, len(places)), strict=True)
    ]
    for folder, proposal in packs:
        _write(folder, proposal)
    return Built(tuple(packs), tuple(text.doc for text in texts if text.place == UNKNOWN))


def _check(out: Path) -> None:
    if not re.fullmatch(r"[a-z0-9-]+", out.name):
        message = f"{out}: a pack is named after its folder; found '{out.name}', expected lower-case letters, digits and -"
        raise LexiconError(message)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        message = f"{out} is there already, and may hold what a person decided; name another folder"
        raise LexiconError(message)


def _folders(out: Path, count: int) -> Sequence[Path]:
    return [out] if count == 1 else [out / f"{out.name}-{number:02d}" for number in range(1, count + 1)]


def _write(folder: Path, proposal: Proposal) -> None:
    """Write a pack and hold it to its own examples."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in proposal.files().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    failures = [failure for rule in load_pack(folder, shipped=False).rules for failure in test_rule(rule)]
    if failures:
        message = f"{folder}: an example of the proposal does not hold: {failures[0]}"
        raise LexiconError(message)

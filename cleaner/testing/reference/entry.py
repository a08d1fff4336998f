"""What an entry of the reference is made of: plain text in pieces, without any markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from cleaner.packs.marks import MarkError, read_marks
from cleaner.reports.safe import one_line
from cleaner.reports.words import Word


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Names:
    """Names of rules and checks; those that have an entry of their own can be led to."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values."""

    rows: tuple[tuple[Word, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of patterns and words, set as code."""

    heads: tuple[Word, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Code:
    """What a reader can copy: a command or a part of kanwu.toml."""

    language: Literal["sh", "toml"]
    text: str


@dataclass(frozen=True, slots=True)
class Sample:
    """An example before and after, in pieces that alternate: unchanged, changed, unchanged, …; ``note`` is its reason.

    Without a changed piece ``before`` and ``after`` are one sentence that stays as it is.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    note: str = ""

    @property
    def stays(self) -> bool:
        """Whether nothing is changed in it."""
        return len(self.before) == 1


Block = Paragraph | Names | Facts | Table | Code | Sample


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of an entry."""

    heading: Word
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """All that the reference says of one rule or check."""

    name: str
    title: Word
    facts: Facts
    sections: tuple[Section, ...]

    @property
    def heading(self) -> str:
        """The first line of the entry."""
        return f"{self.name}  {self.title.zh} / {self.title.en}"


def prose(text: str) -> str:
    """A rationale or note as one paragraph: lines joined without a space between Han characters, else with one."""
    lines = [line.strip() for line in text.split("\n")]
    joined = lines[0]
    for line in lines[1:]:
        wide = joined[-1:] > "\u2e7f" and line[:1] > "\u2e7f"
        joined += line if wide or not joined or not line else f" {line}"
    return one_line(joined)


def sample(example: str, note: str = "") -> Sample:
    """A marked example in pieces. Spaces inside the marks are shown as ␣; marks that cannot be read are shown as they are."""
    try:
        marked = read_marks(example.strip("\n"))
    except MarkError:
        whole = (one_line(example.strip("\n")),)
        return Sample(whole, whole, prose(note))
    before, after, at = [], [], 0
    for edit in marked.edits:
        same = one_line(marked.text[at : edit.start])
        before += [same, _spaced(edit.before)]
        after += [same, _spaced(edit.after)]
        at = edit.end
    rest = one_line(marked.text[at:])
    return Sample((*before, rest), (*after, rest), prose(note))


def _spaced(text: str) -> str:
    """What is changed, with its spaces shown: ␣, and others by their code."""
    return "".join(
        "␣" if sign == " " else f"⟨U+{ord(sign):04X}⟩" if sign.isspace() else sign for sign in one_line(text)
    )


def samples(examples: Sequence[str] | Mapping[str, str]) -> tuple[Sample, ...]:
    """Examples without reasons, or each with its own."""
    if isinstance(examples, Mapping):
        return tuple(sample(text, why) for text, why in examples.items())
    return tuple(sample(text) for text in examples)

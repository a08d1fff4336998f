"""What a rule sees: the text that the stage before left, cut into typed blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from cleaner.model import Block, BlockType, Candidate, Document
from cleaner.reading.blocks import Known, parse_blocks

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class View:
    """A stage text with its blocks. All offsets are in the frame of ``text``.

    ``blocks`` are the non-blank lines in order; ``protected`` are strings that no rule may touch;
    ``document`` is the base document (its ``format`` says whether Markdown is residue); ``reorder`` says that
    moves of whole blocks are applied and not only proposed; ``found`` holds what :meth:`once` did.
    """

    text: str
    blocks: tuple[Block, ...]
    document: Document
    protected: frozenset[str] = field(default_factory=frozenset)
    reorder: bool = False
    found: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(
        cls,
        text: str,
        document: Document,
        protected: frozenset[str] = frozenset(),
        reorder: bool = False,
        known: Known | None = None,
    ) -> View:
        """Cut ``text`` into blocks and wrap it; ``known`` remembers types of lines from view to view."""
        return cls(text, parse_blocks(text, known), document, protected, reorder)

    def once(self, name: str, work: Callable[[], Found]) -> Found:
        """What ``work`` gives, done once for this view whichever rule asks first. Nobody may change it."""
        if name not in self.found:
            self.found[name] = work()
        return cast(Found, self.found[name])

    @property
    def texts(self) -> Sequence[str]:
        """The characters of every block."""
        return self.once("texts", lambda: [self.text[b.start : b.end] for b in self.blocks])

    def content(self, block: Block) -> str:
        """The characters of a block."""
        return self.text[block.start : block.end]

    def gap(self, index: int) -> str:
        """The white space between block ``index`` and the next one."""
        return self.text[self.blocks[index].end : self.blocks[index + 1].start]

    def of_type(self, *types: BlockType) -> Iterator[tuple[int, Block]]:
        """Blocks of the given types with their indices."""
        return ((i, b) for i, b in enumerate(self.blocks) if b.type in types)


Repair = Callable[[View, Mapping[str, Any]], Iterator[Candidate]]
"""A structural repair (``by: code``): the view and the rule's parameters give candidates."""

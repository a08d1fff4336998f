"""The two faces of an entry: lines for a terminal, and a page for the site. Both say the same, word for word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from cleaner.testing.reference.entry import Block, Code, Entry, Facts, Names, Paragraph, Sample, Table

_MARKS = re.compile(r"[!-/:-@\[-`{-~]")


def as_text(entry: Entry) -> str:
    """The entry for a terminal."""
    lines = [entry.heading, "", *_lines(entry.facts)]
    for section in entry.sections:
        lines += ["", f"{section.heading.zh} / {section.heading.en}"]
        for block in section.blocks:
            lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text):
            yield f"  {text}"
        case Names(names):
            yield from (f"  {name}" for name in names)
        case Facts(rows):
            yield from (f"  {label.zh} {label.en}  {value}" for label, value in rows)
        case Table(heads, rows):
            yield "  " + "\t".join(f"{head.zh} {head.en}" for head in heads)
            yield from ("    " + "\t".join(row).rstrip() for row in rows)
        case Code(_, text):
            yield from (f"    {line}" for line in text.split("\n"))
        case Sample():
            yield from _sample_lines(block)


def _sample_lines(block: Sample) -> Iterator[str]:
    if block.stays:
        yield f"  = {block.before[0]}"
    else:
        yield f"  - {_bracketed(block.before)}"
        yield f"  + {_bracketed(block.after)}"
    if block.note:
        yield f"      {block.note}"


def _bracketed(pieces: tuple[str, ...]) -> str:
    return "".join(f"⟦{piece}⟧" if i % 2 and piece else piece for i, piece in enumerate(pieces))


def as_markdown(entry: Entry, link: Callable[[str], str | None] = lambda _: None) -> str:
    """The entry as a page of Markdown whose blocks are HTML; ``link`` says where another entry is, if it is anywhere.

    All text is escaped: what a rule file says of itself can write no markup.
    """
    return _environment().get_template("entry.md.jinja").render(entry=entry, link=link)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("cleaner.testing.reference", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["plain"] = lambda text: Markup(plain(text))  # noqa: S704 (no mark is left in it)
    made.tests["of"] = lambda block, name: type(block).__name__ == name
    return made


def plain(text: str) -> str:
    """Text that Markdown and HTML leave as it is: every ASCII mark is a character reference."""
    return _MARKS.sub(lambda mark: f"&#{ord(mark.group())};", text)

"""The structural repairs by name: the closed list that ``code:`` of a rule may call."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from cleaner.engine.view import Repair

REPAIRS: frozenset[str] = frozenset(
    {
        "blank.blank_line_runs",
        "blank.leading_blank_lines",
        "blank.odd_spaces",
        "blank.page_top_spaces",
        "blank.trailing_spaces",
        "doubled.doubled_characters",
        "doubled.doubled_words",
        "formulae.near_formulae",
        "furniture.page_numbers",
        "furniture.running_heads",
        "indents.wrapped_indents",
        "lists.headings_in_lists",
        "lookalike.look_alikes",
        "loops.repetition_loops",
        "markup.bold_marks",
        "markup.code_fences",
        "markup.heading_marks",
        "markup.html_entities",
        "markup.html_tables",
        "markup.html_tags",
        "markup.image_links",
        "markup.latex_numbers",
        "reflow.cut_paragraphs",
        "reflow.hard_wraps",
        "repeats.collated_readings",
        "repeats.cut_copies",
        "repeats.duplicate_blocks",
        "repeats.near_duplicates",
        "script.minority_script",
        "spaces.beside_latin",
        "spaces.between_han",
        "spaces.letter_spaced",
        "stitch.cut_blocks",
        "stitch.displaced_title",
        "stitch.misplaced_headings",
        "width.full_width",
        "width.straight_quotes",
    }
)


def repair_named(name: str) -> Repair:
    """The function ``module.function`` of this package.

    Raises:
        LookupError: a name that is not in the closed list.
    """
    if name not in REPAIRS:
        message = f"no structural repair is named '{name}'; there are: {', '.join(sorted(REPAIRS))}"
        raise LookupError(message)
    module, function = name.split(".")
    return cast(Repair, getattr(import_module(f"cleaner.engine.repairs.{module}"), function))

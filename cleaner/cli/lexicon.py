"""``kanwu lexicon build``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported
from cleaner.cli.stdio import say

app = typer.Typer(no_args_is_help=True, help="Packs of names: propose one from a corpus.")


@app.callback()
def _group() -> None:
    """Packs of names."""


@app.command("build")
def build_command(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="files, folders or globs")],
    out: Annotated[Path, typer.Option("-o", "--out", help="the pack's folder; must be new or empty")],
    place: Annotated[
        str, typer.Option(metavar="NAME", help="the place of all inputs, where they do not say")
    ] = "",
    encoding: Annotated[
        str | None, typer.Option(help="encoding of the inputs, where it cannot be told")
    ] = None,
) -> None:
    """Propose a names pack: names printed in two ways, with counts and contexts, for a person to accept."""
    from cleaner.lexicon.build import build, read_corpus

    with reported():
        documents, refusals = read_corpus(inputs, encoding)
        for refusal in refusals:
            say(f"kanwu: {refusal.doc}: not read: {refusal.reason}")
        built = build(documents, out, place)
        if built.placeless:
            say(
                f"{len(built.placeless)} documents say no place and were left out; --place NAME gives them one"
            )
        for folder, proposal in built.packs:
            variants = (*proposal.accepted, *proposal.unstated)
            say(f"{proposal.place}: {len(variants)} names in two readings; read {folder / 'proposals.md'}")
        if not built.packs:
            say("no name has two readings; nothing was written")
        raise typer.Exit(2 if refusals else 0)

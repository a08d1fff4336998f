"""The page of the commands: what ``--help`` says, as it stands in the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from cleaner.cli.app import app
from cleaner.testing.reference.writers import plain


def commands_page() -> str:
    """Every command with its arguments and options, in Markdown."""
    root = typer.main.get_command(app)
    lines = ["# Commands", "", plain(root.help or ""), ""]
    for context in _contexts(typer.Context(root, info_name="kanwu", **root.context_settings)):
        lines += _described(context)
    return "\n".join(lines) + "\n"


def _contexts(context: typer.Context) -> Iterator[typer.Context]:
    """The contexts of all commands below one, by name."""
    below = getattr(context.command, "commands", None)
    if below is None:
        yield context
        return
    for name in sorted(below):
        yield from _contexts(typer.Context(below[name], parent=context, info_name=name))


def _described(context: typer.Context) -> Iterator[str]:
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    yield from (f"## {plain(context.command_path)}", "", "```text", usage, "```", "")
    yield from (plain(" ".join((command.help or "").split())), "")
    rows = [row for parameter in command.get_params(context) if (row := _row(context, parameter))]
    yield from ("| | |", "| --- | --- |", *rows, "")


def _row(context: typer.Context, parameter: Any) -> str:
    """Names and help of an argument or option; one that is hidden has neither."""
    record = parameter.get_help_record(context)
    if record is None:
        return ""
    names, told = record
    return f"| <code>{plain(names)}</code> | {plain(told)} |"

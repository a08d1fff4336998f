"""``kanwu config`` and ``kanwu makefile``: which settings are in force, and the part of a Makefile to include."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from cleaner.cli.errors import reported


def config_command(context: typer.Context) -> None:
    """Print the settings in force for `kanwu run INPUT... [OPTION]...`, each with where it comes from.

    The output is a configuration file. Inputs and options are those of `kanwu run`; without inputs, of this folder.
    """
    from cleaner.cli.options import settings_of
    from cleaner.config.show import render

    root = context.find_root().command
    run = root.commands["run"]  # type: ignore[attr-defined] # the root is a group
    # a first input of our own, for `run` insists on one
    with run.make_context("config", [".", *context.args]) as inner, reported():
        inputs = inner.params["inputs"][1:] or ["."]
        settings, config = settings_of({**inner.params, "inputs": inputs, "context": inner}, "run")
        sys.stdout.write(render(settings, config))


def makefile_command() -> None:
    """Print the path of a part of a Makefile, to be included: `include $(shell kanwu makefile)`."""
    sys.stdout.write(f"{(Path(__file__).parent / 'kanwu.mk').as_posix()}\n")

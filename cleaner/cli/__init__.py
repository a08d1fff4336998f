"""The command line, thin: one module per group of commands, each over one library function."""

from cleaner.cli.app import main

__all__ = ["main"]

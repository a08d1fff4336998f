"""The one root of all errors that a user can cause and mend."""

from __future__ import annotations


class KanwuError(Exception):
    """Its message is a line for a person: where, what was found, what was expected, what to do.

    The command prints it without a traceback and exits 2.
    """

"""``kanwu rules list|test|lint|index`` and ``kanwu explain``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported
from cleaner.cli.stdio import say

app = typer.Typer(no_args_is_help=True, help="The rules: list, test, lint.")
Packs = Annotated[list[Path] | None, typer.Option(metavar="DIR", help="a folder with packs of your own")]
Names = Annotated[list[str] | None, typer.Argument(metavar="[PACK|RULE]...", help="all without")]


@app.command("list")
def list_rules(names: Names = None, packs: Packs = None) -> None:
    """One line a rule: id, safety, evidence, title."""
    from cleaner.testing.chosen import chosen_rules

    with reported():
        for rule in chosen_rules(names or (), packs or ()):
            print(f"{rule.id}\t{rule.safety}\t{rule.evidence}\t{rule.title}\t{rule.title_en}")


@app.command("test")
def test(names: Names = None, packs: Packs = None) -> None:
    """Run every example of every rule, and drop every guard to see that it bears load."""
    from cleaner.testing.chosen import chosen_rules
    from cleaner.testing.rules import test_rule

    with reported():
        rules = chosen_rules(names or (), packs or ())
        failures = [failure for rule in rules for failure in test_rule(rule)]
        for failure in failures:
            say(str(failure))
        examples = sum(len(r.examples.fires) + len(r.examples.silent) + len(r.examples.limits) for r in rules)
        say(f"{len(rules)} rules, {examples} examples, {len(failures)} failures")
        raise typer.Exit(2 if failures else 0)


@app.command("lint")
def lint(packs: Packs = None) -> None:
    """Find rules that are unreachable, shadowed or fighting, and names that do not say the defect."""
    from cleaner.testing.lint import lint_packs

    with reported():
        complaints = list(lint_packs(tuple(packs or ())))
        for complaint in complaints:
            say(str(complaint))
        say(f"{len(complaints)} complaints")
        raise typer.Exit(2 if complaints else 0)


@app.command("index")
def index(
    packs: Packs = None,
    relations: Annotated[
        bool, typer.Option("--relations", help="the relation types, as in docs/figures.md")
    ] = False,
) -> None:
    """Print the index that stands in rules/README.md, or that of the relation types."""
    from cleaner.testing.index import render_index, render_relations

    with reported():
        sys.stdout.write(render_relations() if relations else render_index(tuple(packs or ())))


def explain(
    rule: Annotated[str, typer.Argument(help="a rule, or a check of a finding, as in ledger and findings")],
    packs: Packs = None,
) -> None:
    """Say why a rule exists, when it fires, when it holds its tongue, and how to switch it off."""
    from cleaner.testing.reference import explained

    with reported():
        sys.stdout.write(explained(rule, tuple(packs or ())))

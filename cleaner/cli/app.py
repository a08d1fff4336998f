"""The commands of ``kanwu``."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import compare, dedup, ledger, lexicon, review, rules
from cleaner.cli import config as config_group
from cleaner.cli.errors import reported
from cleaner.cli.stdio import utf8

app = typer.Typer(
    name="kanwu",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Restores Chinese public documents read by OCR, and judges whether their figures agree. 复原，核对。",
)
app.add_typer(rules.app, name="rules")
app.add_typer(lexicon.app, name="lexicon")
app.command("explain")(rules.explain)
app.command("undo")(ledger.undo_command)
app.command("blame")(ledger.blame_command)
app.command("diff")(ledger.diff_command)
app.command("dedup")(dedup.dedup_command)
app.command("compare")(compare.compare_command)
app.command("review")(review.review_command)
app.command("makefile")(config_group.makefile_command)
app.command(
    "config",
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": ["-h", "--help"],
    },
    options_metavar="[INPUT]... [OPTION]...",
)(config_group.config_command)

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="files, folders or globs")]
Out = Annotated[Path, typer.Option("-o", "--out", help="folder for the results; replaced only if it is ours")]
Level = Annotated[str, typer.Option(help="least safe level that is applied: certain or probable")]
Select = Annotated[list[str] | None, typer.Option(metavar="PACK|RULE", help="use only these")]
Ignore = Annotated[list[str] | None, typer.Option(metavar="PACK|RULE", help="leave these out")]
Packs = Annotated[list[Path] | None, typer.Option(metavar="DIR", help="a folder with packs of your own")]
Suites = Annotated[
    list[Path] | None, typer.Option("--suite", metavar="FILE", help="an expectation suite of your own")
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE|RUN",
        help="what was known before, a file or the OUT of an earlier run: only what is new counts",
    ),
]
UpdateBaseline = Annotated[
    bool, typer.Option("--update-baseline", help="write what is found now into the file of --baseline")
]
DiffFrom = Annotated[
    str | None,
    typer.Option("--diff-from", metavar="GIT_REF", help="only files that changed since this commit"),
]
Protect = Annotated[list[str] | None, typer.Option(metavar="NAME", help="a string that stays as it is")]
ProtectFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="such strings, one a line; # begins a comment")
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", help="what readers decided: decisions.jsonl of `kanwu review`"
    ),
]
Reorder = Annotated[
    bool, typer.Option("--reorder", help="apply the moves of whole blocks that are only proposed")
]
Encoding = Annotated[str | None, typer.Option(help="encoding of the inputs, where it cannot be told")]
TextField = Annotated[str, typer.Option(help="text field of .jsonl rows, text column of .parquet")]
IdField = Annotated[str | None, typer.Option(help="key field or column of rows; their index without it")]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="processes")]
Shards = Annotated[
    bool | None,
    typer.Option(
        "--shards/--no-shards",
        help="work and write in parts, for inputs of any size; without either, where they are large",
    ),
]
ShardSize = Annotated[float, typer.Option(metavar="MB", min=0.001, help="input of one part, with --shards")]
Cache = Annotated[
    bool, typer.Option("--cache", help="with --shards: take unchanged parts from the earlier run in OUT")
]
FailOn = Annotated[
    str, typer.Option(help="exit 1 on findings of this severity: error, warning, info or never")
]
DataDocs = Annotated[
    bool, typer.Option("--data-docs", help="build the site of Great Expectations too, in OUT/data_docs")
]
Lang = Annotated[str, typer.Option(envvar="KANWU_LANG", help="language of messages and reports: zh or en")]
Panel = Annotated[
    bool, typer.Option("--panel", help="read the reports of one place together: panel.csv, panel.html")
]
Indicators = Annotated[
    list[Path] | None,
    typer.Option(metavar="DIR", help="a folder with indicators of your own, for --panel"),
]
Report = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT[=PATH]",
        help="text, json, jsonl, sarif, junit, github, gitlab, markdown, html or xlsx; to stdout without a path",
    ),
]
Config = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="configuration; else kanwu.toml or pyproject.toml, found upward"),
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="read no configuration file")]
StdinName = Annotated[
    Path,
    typer.Option(
        "--stdin-name", metavar="FILE", help="the file that stdin stands for: its suffix, its overrides"
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="say nothing but errors")]


def _version(shown: bool) -> None:
    if shown:
        from importlib.metadata import version

        typer.echo(f"kanwu {version('kanwu')}")
        raise typer.Exit


@app.callback()
def _root(
    _shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="print the version")
    ] = False,
) -> None:
    """Options of the command itself."""


@app.command("run")
def run_command(
    context: typer.Context,
    inputs: Inputs,
    out: Out = Path("out"),
    level: Level = "probable",
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    suites: Suites = None,
    baseline: Baseline = None,
    update_baseline: UpdateBaseline = False,
    diff_from: DiffFrom = None,
    data_docs: DataDocs = False,
    protect: Protect = None,
    protect_file: ProtectFile = None,
    decisions: DecisionsFile = None,
    reorder: Reorder = False,
    encoding: Encoding = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    fail_on: FailOn = "never",
    panel: Panel = False,
    indicators: Indicators = None,
    jobs: Jobs = 1,
    shards: Shards = None,
    shard_size: ShardSize = 16,
    cache: Cache = False,
    report: Report = None,
    lang: Lang = "zh",
    config: Config = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Clean, extract, check, report: what `make clean` calls."""
    from cleaner.cli import work
    from cleaner.cli.options import options

    with reported():
        chosen, reports = options(locals(), command="run")
        raise typer.Exit(work.run(chosen, quiet, reports))


@app.command("clean")
def clean_command(
    context: typer.Context,
    inputs: Inputs,
    out: Out = Path("out"),
    level: Level = "probable",
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    protect: Protect = None,
    protect_file: ProtectFile = None,
    decisions: DecisionsFile = None,
    reorder: Reorder = False,
    encoding: Encoding = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    fail_on: FailOn = "never",
    jobs: Jobs = 1,
    shards: Shards = None,
    shard_size: ShardSize = 16,
    cache: Cache = False,
    report: Report = None,
    lang: Lang = "zh",
    config: Config = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
    stdin_name: StdinName = Path("stdin.txt"),
) -> None:
    """Restore only: text, ledger, findings of restoration. `kanwu clean -` filters stdin to stdout."""
    from cleaner.cli import work
    from cleaner.cli.options import options

    with reported():
        chosen, reports = options(locals(), command="clean")
        if inputs == ["-"]:
            work.refuse_files(context)
            raise typer.Exit(work.filter_stdin(chosen, stdin_name))
        raise typer.Exit(work.run(chosen, quiet, reports))


@app.command("check")
def check_command(
    context: typer.Context,
    inputs: Inputs,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="folder for reports; none without it")
    ] = None,
    fail_on: FailOn = "error",
    select: Select = None,
    ignore: Ignore = None,
    packs: Packs = None,
    suites: Suites = None,
    baseline: Baseline = None,
    update_baseline: UpdateBaseline = False,
    diff_from: DiffFrom = None,
    data_docs: DataDocs = False,
    encoding: Encoding = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    panel: Panel = False,
    indicators: Indicators = None,
    jobs: Jobs = 1,
    shards: Shards = None,
    shard_size: ShardSize = 16,
    cache: Cache = False,
    report: Report = None,
    lang: Lang = "zh",
    config: Config = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Judge only: figures, relations, contracts, suites. Inputs are documents or the OUT of a run."""
    from cleaner.cli import work
    from cleaner.cli.options import options

    with reported():
        chosen, reports = options(locals(), command="check")
        raise typer.Exit(work.check(chosen, out, quiet, reports))


@app.command("figures")
def figures_command(
    context: typer.Context,
    inputs: Inputs,
    out: Out = Path("out"),
    packs: Packs = None,
    encoding: Encoding = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    panel: Panel = False,
    indicators: Indicators = None,
    jobs: Jobs = 1,
    shards: Shards = None,
    shard_size: ShardSize = 16,
    cache: Cache = False,
    report: Report = None,
    lang: Lang = "zh",
    config: Config = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """The tables: figures and relations as CSV and Parquet."""
    from cleaner.cli import work
    from cleaner.cli.options import options

    with reported():
        chosen, reports = options(locals(), command="figures")
        raise typer.Exit(work.run(chosen, quiet, reports))


def main() -> None:
    """Entry point of ``kanwu``."""
    gc.set_threshold(
        50_000, 20, 20
    )  # what a start makes stays: to look through it again and again is a tenth of its time
    utf8(sys.stdout)
    utf8(sys.stderr)
    app(prog_name="kanwu")

"""``kanwu dedup``: paragraphs that stand more than once in a corpus."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cleaner.cli.errors import reported
from cleaner.cli.progress import progress
from cleaner.cli.stdio import say

if TYPE_CHECKING:
    from cleaner.dedup.run import Asked, Outcome

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help="files, folders or globs")]
Out = Annotated[Path, typer.Option("-o", "--out", help="folder for the results; replaced only if it is ours")]
Threshold = Annotated[
    float, typer.Option(min=0.5, max=1, help="how alike near copies are at least; 1 for exact copies alone")
]
MinLength = Annotated[
    int, typer.Option(metavar="CHARACTERS", min=8, help="shorter paragraphs are not compared")
]
Drop = Annotated[
    bool,
    typer.Option(
        "--drop", help="write the texts without their copies, with the ledger; `kanwu undo` takes it back"
    ),
]
FailOn = Annotated[str, typer.Option(help="exit 1 on copies of this kind: exact, near (either) or never")]
Encoding = Annotated[str | None, typer.Option(help="encoding of the inputs, where it cannot be told")]
TextField = Annotated[str, typer.Option(help="text field of .jsonl rows, text column of .parquet")]
IdField = Annotated[str | None, typer.Option(help="key field or column of rows; their index without it")]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="processes")]
ShardSize = Annotated[float, typer.Option(metavar="MB", min=0.001, help="input of one part")]
Lang = Annotated[str, typer.Option(envvar="KANWU_LANG", help="language of messages: zh or en")]
Config = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="configuration; else kanwu.toml or pyproject.toml, found upward"),
]
NoConfig = Annotated[bool, typer.Option("--no-config", help="read no configuration file")]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="say nothing but errors")]


def dedup_command(
    context: typer.Context,
    inputs: Inputs,
    out: Out = Path("out"),
    threshold: Threshold = 0.85,
    min_length: MinLength = 40,
    drop: Drop = False,
    fail_on: FailOn = "never",
    encoding: Encoding = None,
    text_field: TextField = "text",
    id_field: IdField = None,
    jobs: Jobs = 1,
    shard_size: ShardSize = 16,
    lang: Lang = "zh",
    config: Config = None,
    no_config: NoConfig = False,
    quiet: Quiet = False,
) -> None:
    """Report paragraphs that stand more than once in a corpus, exactly or nearly; drop them only on request."""
    with reported():
        asked = _asked(locals())
        from cleaner.dedup.run import execute_dedup

        with progress(inputs, asked.out, quiet, in_parts=True) as advance:
            outcome = execute_dedup(asked, advance)
        _tell(outcome, asked, quiet)
        raise typer.Exit(int(outcome.run["exit_code"]))


_OWN = ("fail_on", "min_length", "drop", "threshold", "shard_size")
"""Arguments that no configuration file has a say in; its ``fail-on`` is about findings."""


def _asked(given: Mapping[str, Any]) -> Asked:
    from cleaner.cli.options import settings_of
    from cleaner.dedup.run import FAIL_ON, Asked

    if given["fail_on"] not in FAIL_ON:
        message = f"--fail-on: found '{given['fail_on']}'; expected one of {', '.join(FAIL_ON)}"
        raise typer.BadParameter(message)
    shared = {name: value for name, value in given.items() if name not in _OWN}
    settings, _ = settings_of(shared, command="dedup")
    value = {name: setting.value for name, setting in settings.items()}
    return Asked(
        inputs=tuple(given["inputs"]),
        out=Path(value.get("out") or given["out"]),
        threshold=given["threshold"],
        least=given["min_length"],
        drop=given["drop"],
        fail_on=given["fail_on"],
        shard_bytes=int(given["shard_size"] * (1 << 20)),
        **{name: value[name] for name in ("encoding", "text_field", "id_field", "jobs", "lang")},
    )


def _tell(outcome: Outcome, asked: Asked, quiet: bool) -> None:
    """What could not be read, and the counts: those to stdout, for they are what was asked for."""
    from cleaner.dedup.tally import told

    for refusal in outcome.refusals:
        say(f"kanwu: {refusal.doc}: not read: {refusal.reason}")
    if not quiet:
        sys.stdout.write("\n".join([*told(outcome.tally, asked.lang), ""]))
        say(f"{'结果：' if asked.lang == 'zh' else 'results: '}{asked.out}")

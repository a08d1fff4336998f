"""``kanwu review``: decide about what a run doubted or withheld, on a page of this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.errors import reported
from cleaner.cli.stdio import say

Run = Annotated[Path, typer.Argument(metavar="OUT", help="the folder of a run")]


def review_command(
    out: Run,
    *,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="where decisions are kept; decisions.jsonl beside OUT without it"),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="a pack of your own, that 'always' writes rules into; made if absent"
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="HTML", help="write a page that needs no server, and end")
    ] = None,
    applied: Annotated[bool, typer.Option("--applied", help="show the edits that were applied, too")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 for any that is free")] = 0,
    open_browser: Annotated[bool, typer.Option("--open/--no-open", help="open it in the browser")] = True,
    lang: Annotated[str, typer.Option(envvar="KANWU_LANG", help="zh or en")] = "zh",
) -> None:
    """Decide about what a run doubted or withheld: accept, reject, edit, always, never.

    Decisions go to a file outside OUT; `kanwu run --decisions FILE` carries them out.
    """
    from cleaner.reports.words import LANGUAGES
    from cleaner.review.desk import open_desk
    from cleaner.review.page import page_of
    from cleaner.runs.inputs import files_of_run, refuse_inputs

    with reported():
        if lang not in LANGUAGES:
            raise typer.BadParameter(f"--lang: found '{lang}'; expected one of {', '.join(LANGUAGES)}")
        if file is not None:
            refuse_inputs([(f"--file {file}", file)], files_of_run(out))
        desk = open_desk(out, decisions, pack)
        for note in desk.catch_up():
            say(note[lang])
        count, make = page_of(out, desk, lang, applied, served=file is None)
        if file is not None:
            _write(file, make())
            say(f"{count} 处待审阅 / changes to review: {count}: {file}")
            return
        from cleaner.review.serve import ReviewServer

        with ReviewServer(desk, make, port) as server:
            say(f"{count} 处待审阅，存入 / changes to review: {count}, kept in {desk.path}")
            say("Ctrl-C 结束 / ends")
            print(server.url, flush=True)
            if open_browser:
                _open(server.url)
            _until_stopped(server.serve_forever)


def _write(path: Path, text: str) -> None:
    from cleaner.runs.whole import write_whole

    try:
        write_whole(path, text.encode())
    except OSError as error:
        raise typer.BadParameter(f"--file {path}: {error.strerror}") from error


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        print("请在浏览器中打开上面的地址 / open the address above in a browser", file=sys.stderr)


def _until_stopped(serve: Callable[[], None]) -> None:
    try:
        serve()
    except KeyboardInterrupt:
        say("")

"""Options of a run from the arguments of a command and the configuration in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from cleaner.cli.reporting import ReportFile, report_files
from cleaner.config.load import Config, configuration
from cleaner.config.merge import Setting, effective, overrides, waivers
from cleaner.config.names import check_names
from cleaner.config.schema import FAIL_ON
from cleaner.engine.decisions import Decisions
from cleaner.engine.settings import Settings
from cleaner.reports.words import LANGUAGES
from cleaner.runs.baseline import read_known, refuse_folder
from cleaner.runs.decisions import read_decisions
from cleaner.runs.options import Options
from cleaner.runs.outfolder import is_run
from cleaner.runs.process import all_packs
from cleaner.runs.standing import Standing
from cleaner.terms import Safety

_PLACES = {"COMMANDLINE": "command line", "ENVIRONMENT": "environment"}


def settings_of(given: Mapping[str, Any], command: str) -> tuple[dict[str, Setting], Config | None]:
    """The settings of a command with their sources, and the file in force.

    Args:
        given: the arguments of the command by name, and its ``context``.
        command: without a folder for reports ``check`` leaves nothing, so that its ``out`` is not for a file to set.

    Raises:
        typer.BadParameter: a value that is not in its list.
        ConfigError: the file is wrong.
    """
    config = None if given.get("no_config") else configuration(given["inputs"], given.get("config"))
    asked = {name: value for name, value in given.items() if name != "out" or command != "check"}
    settings = effective(asked, _named(given["context"]), config)
    for name, known in (("level", ("certain", "probable")), ("lang", LANGUAGES), ("fail_on", FAIL_ON)):
        if name in settings:
            _one_of(f"--{name.replace('_', '-')}", settings[name].value, known)
    if config is not None:
        check_names(config, all_packs(tuple(settings["packs"].value)))
    return settings, config


def options(given: Mapping[str, Any], command: str) -> tuple[Options, tuple[ReportFile, ...]]:
    """Options of a run, and the reports that are to be made of it.

    Raises:
        typer.BadParameter: a value that is not in its list.
        ConfigError: the configuration file is wrong.
    """
    settings, config = settings_of(given, command)
    value = {name: setting.value for name, setting in settings.items()}
    reports = report_files(value.get("report") or ())
    chosen = Options(
        inputs=tuple(given["inputs"]),
        out=Path(value.get("out") or given.get("out") or "out"),
        command=command,
        settings=_engine(value),
        packs=tuple(value["packs"]),
        suites=tuple(value.get("suites") or ()),
        baseline=_tables_of(value.get("baseline")),
        encoding=value["encoding"],
        text_field=value["text_field"],
        id_field=value["id_field"],
        judge=command != "clean",
        keep_text=command in ("run", "clean"),
        fail_on=value.get("fail_on", "never"),
        jobs=value["jobs"],
        panel=value.get("panel", False),
        indicators=tuple(value.get("indicators") or ()),
        lang=value["lang"],
        data_docs=value.get("data_docs", False),
        overrides=overrides(_named(given["context"]), config),
        shards=_shards(given, _whole(value, given, config)),
        shard_bytes=int(given.get("shard_size", 16) * (1 << 20)),
        cache=given.get("cache", False),
        standing=_standing(value, given, config) if command in ("run", "check") else None,
        diff_from=given.get("diff_from"),
    )
    return chosen, reports


def _standing(value: Mapping[str, Any], given: Mapping[str, Any], config: Config | None) -> Standing | None:
    """The baseline and waivers in force; None where there is neither.

    Raises:
        typer.BadParameter: a baseline is to be written, and has no name.
        KnownError: it cannot be read, or a run is to be changed.
    """
    path: Any = value.get("baseline")
    updating, accepted = bool(given.get("update_baseline")), waivers(config)
    if updating and path is None:
        message = "--update-baseline: which file? Name it with --baseline FILE"
        raise typer.BadParameter(message)
    if path is None and not accepted:
        return None
    if updating:
        refuse_folder(path)
    fresh = path is None or (updating and not path.exists()) or (path.is_dir() and not is_run(path))
    return Standing(None if fresh else read_known(path), accepted, path if updating else None)


def _tables_of(baseline: Path | None) -> Path | None:
    """The baseline, where it is a folder of an earlier run whose tables can be compared."""
    return baseline if baseline is not None and baseline.is_dir() else None


def _whole(value: Mapping[str, Any], given: Mapping[str, Any], config: Config | None) -> str:
    """What looks at all documents together; empty where nothing does."""
    asked = {
        "--report": value.get("report"),
        "--baseline": value.get("baseline"),
        "--diff-from": given.get("diff_from"),
        "a waiver": waivers(config) if "baseline" in value else (),
    }
    return next((name for name, there in asked.items() if there), "")


def _shards(given: Mapping[str, Any], whole: str) -> bool | None:
    """Whether the run is done in parts; not where something looks at all documents together.

    Raises:
        typer.BadParameter: both were asked for.
    """
    asked: bool | None = given.get("shards")
    if not whole:
        return asked
    if asked or given.get("cache"):
        message = f"{whole} looks at all documents together, a run in parts does not; leave one of them out"
        raise typer.BadParameter(message)
    return False


def _named(context: typer.Context) -> dict[str, str]:
    """The arguments that the user gave, on the command line or in a variable."""
    sources = {name: context.get_parameter_source(name) for name in context.params}
    return {name: _PLACES[s.name] for name, s in sources.items() if s is not None and s.name in _PLACES}


def _engine(value: Mapping[str, Any]) -> Settings:
    return Settings(
        level=Safety(value["level"]),
        select=tuple(value["select"]),
        ignore=tuple(value["ignore"]),
        protected=frozenset([*value["protect"], *_names_in(value["protect_file"])]),
        reorder=value["reorder"],
        safety=value["safety"],
        decisions=read_decisions(Path(value["decisions"])) if value["decisions"] else Decisions(),
    )


def _names_in(path: Path | None) -> Iterable[str]:
    """The strings of a file, one a line, without blank lines and comments.

    Raises:
        typer.BadParameter: there is no such file, or it is not UTF-8.
    """
    if path is None:
        return []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        message = (
            f"--protect-file {path}: found no readable file ({error}); expected UTF-8 text, one name a line"
        )
        raise typer.BadParameter(message) from error
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]


def _one_of(name: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        message = f"{name}: found '{value}'; expected one of {', '.join(known)}"
        raise typer.BadParameter(message)

"""The closed list of keys of a configuration file. An unknown key is an error with file and line."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from cleaner.terms import Safety, Severity

FAIL_ON = (*(severity.value for severity in Severity), "never")
"""What ``fail-on`` may be: a severity, or nothing at all."""


def _kebab(name: str) -> str:
    return name.replace("_", "-")


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], BeforeValidator(_listed)]
"""One string, or a list of them."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_kebab, strict=True)


class SwitchesFile(_Strict):
    """What may be set for all documents, and otherwise for some of them. None: not said."""

    level: Literal["certain", "probable"] | None = None
    select: Texts | None = None
    ignore: Texts | None = None
    protect: Texts | None = None
    reorder: bool | None = None
    safety: dict[str, Annotated[Safety, Field(strict=False)]] | None = None


class OverrideFile(SwitchesFile):
    """Switches for the documents whose path, seen from the file's folder, fits one of ``paths``."""

    paths: Texts = Field(min_length=1)


class WaiverFile(_Strict):
    """Findings that are known and accepted, with the reason why. Every key that is given must fit."""

    reason: str = Field(min_length=4)
    check: str = ""
    fingerprint: str = ""
    paths: Texts = Field(default_factory=list)

    @model_validator(mode="after")
    def _says_what(self) -> WaiverFile:
        if not (self.check or self.fingerprint or self.paths):
            message = "one of check, fingerprint, paths"
            raise ValueError(message)
        return self


class ConfigFile(SwitchesFile):
    """The keys of kanwu.toml and of [tool.kanwu], as written. They are the options of the commands."""

    packs: Texts | None = None
    suites: Texts | None = None
    indicators: Texts | None = None
    protect_file: str | None = None
    decisions: str | None = None
    encoding: str | None = None
    text_field: str | None = None
    id_field: str | None = None
    out: str | None = None
    report: Texts | None = None
    baseline: str | None = None
    fail_on: Literal["error", "warning", "info", "never"] | None = None
    jobs: int | None = Field(default=None, ge=1)
    lang: Literal["zh", "en"] | None = None
    panel: bool | None = None
    data_docs: bool | None = None
    overrides: list[OverrideFile] = Field(default_factory=list)
    waivers: list[WaiverFile] = Field(default_factory=list)


PATHS = ("packs", "suites", "indicators", "protect_file", "decisions", "out", "baseline")
"""Keys whose values are paths, seen from the folder of the file."""


def keys_of(model: type[BaseModel]) -> list[str]:
    """The keys of a table as they are written in a file."""
    return [_kebab(name) for name in model.model_fields]

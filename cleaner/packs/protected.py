"""Names that ship as protected: spelt in a way that looks wrong and is right, each with its source."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cleaner.packs.errors import PackError
from cleaner.packs.source import data_folder, read_folder


class ProtectedName(BaseModel):
    """One name; ``sample`` is a text in which a rule would change it, were it not protected."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=2)
    kind: str
    sample: str
    source: str = Field(min_length=4)


class ProtectedFile(BaseModel):
    """The file ``rules/protected/names.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[ProtectedName, ...]


@cache
def shipped_names() -> tuple[ProtectedName, ...]:
    """The list that ships, read once.

    Raises:
        PackError: the file is wrong.
    """
    path = data_folder("rules") / "protected" / "names.yaml"
    read = read_folder(path.parent)
    try:
        names = ProtectedFile.model_validate(read.files[path.name]).names
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise PackError(path, 1, f"{place}: {first['msg']}", "names with kind, sample and source") from error
    read.passed()
    return names

"""What tests share: the shared documents, where there are any, and rules made to order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support import ROOT, write_pack

from cleaner.engine.ruleset import RuleSet
from cleaner.packs.load import load_packs

pytest_plugins = ["browser"]

for name, examples in (("kanwu", 60), ("thorough", 2000)):
    settings.register_profile(
        name,
        deadline=None,
        max_examples=examples,
        suppress_health_check=[HealthCheck.too_slow],
        print_blob=True,
    )
settings.load_profile("kanwu")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of shared documents; a test that needs it is skipped without it."""
    folder = Path(os.environ.get("KANWU_SHARED", str(ROOT.parent / "shared")))
    if not folder.is_absolute():
        folder = ROOT / folder
    if not (folder / "seeds").is_dir():
        pytest.skip("the shared documents are not here; set KANWU_SHARED to their folder")
    return folder


@pytest.fixture
def make_rules(tmp_path: Path):
    """Rules made to order: ``make_rules(stray_word={"match": ...})``."""

    def make(stage: str = "wording", **rules: dict[str, str]) -> RuleSet:
        packs = load_packs([write_pack(tmp_path / "packs", "sample", stage, **rules)])
        return RuleSet.of(rule for pack in packs for rule in pack.rules)

    return make

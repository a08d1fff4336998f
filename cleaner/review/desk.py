"""Where decisions are kept while a reader works: the file of decisions, and the pack of those that are always so."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.engine.decisions import Choice, Decision, Decisions
from cleaner.review.learn import NotARule, check_pack, learn, rule_name, unlearn
from cleaner.runs.decisions import DecisionError, decision_of, read_decisions, write_decisions
from cleaner.runs.outfolder import is_run

Note = dict[str, str]
"""A remark in Chinese and English."""


@dataclass
class Desk:
    """The file ``path`` and the pack folder ``pack``, if there is one.

    Every change reads the file again before it writes, so that what another program or a merge put there stays.
    """

    path: Path
    pack: Path | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def decisions(self) -> Decisions:
        """What stands in the file; nothing where there is none.

        Raises:
            DecisionError: it cannot be read, or a line is wrong.
        """
        return read_decisions(self.path) if self.path.exists() else Decisions()

    def change(self, given: Sequence[Any], dropped: Sequence[Any]) -> list[Note]:
        """Write decisions and take others back; remarks on what could not be made a rule.

        Raises:
            DecisionError: what was given is no decision, or the file cannot be read or written; it is as it was.
            LearnError: the pack cannot be written; the decisions are.
        """
        made, gone = _parsed(given), _parsed(dropped)
        with self._lock:
            before = self.decisions().by_key
            after = {key: d for key, d in before.items() if key not in {g.key for g in gone}}
            after |= {d.key: d for d in made}
            write_decisions(self.path, Decisions(tuple(after.values())))
            return self._learned(before, after)

    def _learned(self, before: Mapping[Any, Decision], after: Mapping[Any, Decision]) -> list[Note]:
        """Make the pack hold the rules of what is always so now, and no more those of what was."""
        if self.pack is None:
            return []
        for key, decision in before.items():
            if decision.choice is Choice.ALWAYS and after.get(key) != decision:
                unlearn(self.pack, decision)
        notes = []
        for key, decision in after.items():
            if decision.choice is Choice.ALWAYS and before.get(key) != decision:
                notes += self._learn(self.pack, decision)
        return notes

    def _learn(self, pack: Path, decision: Decision) -> list[Note]:
        """Write one rule; nothing to remark where it stands already."""
        if (pack / f"{rule_name(decision)}.yaml").is_file():
            return []
        try:
            path = learn(pack, decision)
        except NotARule as reason:
            return [{"zh": f"未写成规则：{reason.zh}", "en": f"no rule was made: {reason.en}"}]
        return [{"zh": f"已写成规则 {path}", "en": f"a rule was made: {path}"}]

    def catch_up(self) -> list[Note]:
        """Write the rules of all that is always so: a file that was saved or merged elsewhere has made none."""
        return self._learned({}, self.decisions().by_key)


def open_desk(out: Path, path: Path | None, pack: Path | None) -> Desk:
    """The desk for a run: its file stands beside OUT if it is not named.

    Raises:
        DecisionError: the file would stand in OUT, which the next run replaces, or is wrong.
        LearnError: no rules can be written into the pack.
    """
    chosen = path or out.resolve().parent / "decisions.jsonl"
    if any(is_run(folder) for folder in chosen.resolve().parents):
        raise DecisionError(
            f"{chosen} stands in the results of a run, which the next run replaces; name another --decisions"
        )
    if pack is not None:
        check_pack(pack)
    desk = Desk(chosen, pack)
    desk.decisions()
    return desk


def _parsed(rows: Sequence[Any]) -> list[Decision]:
    try:
        return [decision_of(row) for row in rows]
    except ValueError as error:
        raise DecisionError(f"a decision that cannot be kept: {error}") from error

"""``always``: a decision that becomes a rule of the reader's own pack, with its example.

A rule is written only if it holds what rules must hold: its own examples, and its place among the rules that ship. One
file for each decision, named after its content, so that packs merge as decisions do and taking a decision back removes
its rule.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ruamel.yaml import YAML

from cleaner.engine.decisions import Choice, Decision, Decisions
from cleaner.engine.guards import digits
from cleaner.errors import KanwuError
from cleaner.packs.errors import PackError
from cleaner.packs.load import load_pack
from cleaner.reports.safe import one_line
from cleaner.runs import patient
from cleaner.testing.lint import lint_rule
from cleaner.testing.rules import test_rule

_CONTEXT = 2
"""So many characters on a side hold a change that is no word by itself to its phrase."""
_NOTHING = "∅"
_NAME = re.compile(r"[a-z0-9-]+")
_WORD = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")
"""Two Han characters in a row say enough to stand without a context."""


class LearnError(KanwuError):
    """A pack that rules cannot be written into."""


class NotARule(Exception):  # noqa: N818 (a property of a decision, not a failure)
    """A decision that holds for its series, but that no rule of a lexicon can express."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def check_pack(folder: Path) -> None:
    """Check that rules can be written into ``folder``.

    Raises:
        LearnError: it has no name that a pack may have, or is there and no pack.
        PackError: it is a pack, and one of its files is wrong.
    """
    if not _NAME.fullmatch(folder.resolve().name):
        message = f"--pack {folder}: a pack is named after its folder; use lower-case letters, digits and -"
        raise LearnError(message)
    if (folder / "pack.yaml").is_file():
        load_pack(folder, shipped=False)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"--pack {folder}: there is something, but no pack.yaml; name a pack or a new folder"
        raise LearnError(message)


def rule_name(decision: Decision) -> str:
    """The name of the rule of a decision within its pack."""
    told = "\0".join((decision.seen or decision.before, decision.after))
    return f"misread-{hashlib.sha256(told.encode()).hexdigest()[:8]}"


def learn(folder: Path, decision: Decision) -> Path:
    """Write the rule of an ``always`` into the pack ``folder``, which is made if it is not there.

    Raises:
        NotARule: no rule can express it, or a rule does the same already; the series is decided all the same.
        LearnError: the folder cannot be written.
    """
    name = folder.resolve().name
    path = folder / f"{rule_name(decision)}.yaml"
    if path.is_file():
        return path
    text = next((t for t in _drafts(decision, name) if _holds(t, name, decision)), None)
    if text is None:
        raise NotARule(
            "规则未能通过自己的例子，或已有规则作同样的改动",
            "such a rule would not hold its own examples, or another rule makes the change already",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "pack.yaml").is_file():
            _write(folder / "pack.yaml", _pack(name))
        _write(path, text)
    except OSError as error:
        raise LearnError(f"cannot write {path}: {error.strerror}; name another --pack") from error
    return path


def unlearn(folder: Path, decision: Decision) -> None:
    """Remove the rule of a decision that was taken back, unless someone has worked on it since."""
    path = folder / f"{rule_name(decision)}.yaml"
    name = folder.resolve().name
    if path.is_file() and path.read_text("utf-8") in set(_drafts(decision, name)):
        path.unlink()


def learn_all(folder: Path, decisions: Decisions) -> Iterator[tuple[Decision, NotARule]]:
    """Write the rules of all ``always``; give those of which none can be made.

    Raises:
        LearnError: the folder cannot be written.
    """
    for decision in decisions.entries:
        if decision.choice is Choice.ALWAYS:
            try:
                learn(folder, decision)
            except NotARule as reason:
                yield decision, reason


def _drafts(decision: Decision, pack: str) -> Iterator[str]:
    """Texts of the rule with examples of less and less context, for what stands around may trip a rule."""
    for size in (8, 4, _CONTEXT, 0):
        left, right = decision.left[max(0, len(decision.left) - size) :], decision.right[:size]
        entry = _entry(decision, left, right)
        if entry is not None:
            yield _yaml(_rule(decision, pack, entry, left, right))


def _entry(decision: Decision, left: str, right: str) -> dict[str, str] | None:
    """The line of the lexicon; None where nothing would hold it to its phrase."""
    wrong, after = decision.seen or decision.before, decision.after
    entry = {"wrong": wrong, "right": after}
    close = (left[-_CONTEXT:], right[:_CONTEXT])
    if not wrong:
        if not (left and right):
            return None
        entry = {"wrong": left[-1] + right[0], "right": left[-1] + after + right[0]}
        close = (left[:-1][-_CONTEXT:], right[1:][:_CONTEXT])
    if not _WORD.search(wrong):
        if len("".join(close)) < _CONTEXT:
            return None
        entry |= {"left": re.escape(close[0])} if close[0] else {}
        entry |= {"right_context": re.escape(close[1])} if close[1] else {}
    if wrong and wrong in after:
        entry["unless"] = re.escape(after)
    return {**entry, "source": f"读者裁定（{decision.rule}）"}


def _rule(decision: Decision, pack: str, entry: dict[str, str], left: str, right: str) -> dict[str, Any]:
    wrong, after = decision.seen or decision.before, decision.after
    shown = f"{one_line(wrong, 20) or _NOTHING}→{one_line(after, 20) or _NOTHING}"
    rule: dict[str, Any] = {
        "id": f"{pack}/{rule_name(decision)}",
        "title": f"误认：{shown}",
        "title_en": f"misread: {shown}",
        "edit": _kind(wrong, after),
        "by": "lexicon",
        "safety": "probable",
        "evidence": "witness",
        "since": "0.1.0",
        "rationale": f"读者审阅时裁定：凡此皆改。原由 {decision.rule} 提出。",
        "rationale_en": f"A reader decided that this is always so. {decision.rule} proposed it.",
        "entries": [entry],
    }
    if digits(wrong) != digits(after):
        rule["digits"] = "may-change"
    if not wrong:  # what is to stand between two characters is marked with both of them
        left, right = left[:-1], right[1:]
    return {**rule, "examples": _examples(entry["wrong"], entry["right"], left, right)}


def _examples(wrong: str, after: str, left: str, right: str) -> dict[str, Any]:
    correct = f"{left}{after}{right}"
    silent = {correct: "已经正确"}
    # what the word has lost, and a line without it: one of the two is never the correct text
    for other in (f"“{after}”", f"{left}{right}", "。"):
        if other not in silent and wrong not in other and len(silent) < 2:
            silent[other] = "没有可改之处"
    return {"fires": [f"{left}⟦{wrong}→{after}⟧{right}"], "silent": silent}


def _kind(wrong: str, after: str) -> str:
    if not after:
        return "delete"
    if sorted(wrong) == sorted(after):
        return "transpose"
    if _is_within(wrong, after):
        return "supply"
    return "delete" if _is_within(after, wrong) else "substitute"


def _is_within(part: str, whole: str) -> bool:
    rest = iter(whole)
    return all(character in rest for character in part)


def _holds(text: str, pack: str, decision: Decision) -> bool:
    """Whether the rule loads, holds its examples, and has a place among the rules that ship."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / pack
        folder.mkdir()
        _write(folder / "pack.yaml", _pack(pack))
        _write(folder / f"{rule_name(decision)}.yaml", text)
        try:
            (rule,) = load_pack(folder, shipped=False).rules
        except PackError:
            return False
        return not any(test_rule(rule)) and not any(lint_rule(rule))


def _pack(name: str) -> str:
    return _yaml(
        {
            "name": name,
            "title": "读者裁定",
            "title_en": "Decided by readers",
            "purpose": "审阅时裁定为“凡此皆改”的误认，一条裁定一个文件。",
            "purpose_en": "Misreadings that a reader decided are always wrong, one file for each.",
            "stage": "wording",
        }
    )


def _yaml(data: dict[str, Any]) -> str:
    writer = YAML()
    writer.width = 110
    writer.indent(mapping=2, sequence=4, offset=2)
    target = StringIO()
    writer.dump(data, target)
    return target.getvalue()


def _write(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.partial")
    beside.write_text(text, "utf-8", newline="\n")
    patient.rename(beside, path)

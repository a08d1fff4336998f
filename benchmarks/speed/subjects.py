"""What is timed: Kanwu whole and in parts, the naive loop over its rules, and peers. One call a document."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import opencc
import regex

from cleaner.checks.examine import examine
from cleaner.engine.methods import propose
from cleaner.engine.restore import restore
from cleaner.engine.ruleset import RuleSet, select_rules
from cleaner.engine.settings import Settings
from cleaner.engine.view import View
from cleaner.model import Document
from cleaner.packs.grammar import Method, Rule
from cleaner.packs.load import shipped_packs

Subject = Callable[[Sequence[str]], None]
DECLARED = frozenset({Method.REGEX, Method.LEXICON, Method.CHARS, Method.OPENCC})
CHAIN, ENGINE, NAIVE, FIGURES = "restore chain", "declared rules alone", "naive loop", "figures and checks"
END_TO_END, PEER_END_TO_END = "JSONL to JSONL", "autocorrect-py JSONL to JSONL"


@cache
def rules() -> RuleSet:
    """The shipped rules."""
    return select_rules(shipped_packs(), Settings())


@cache
def declared() -> RuleSet:
    """The shipped rules that are data: patterns, lexicons, maps, conversion."""
    return RuleSet.of(rule for rule in rules() if rule.by in DECLARED)


def documents(texts: Sequence[str]) -> list[Document]:
    """Texts as the engine takes them."""
    return [Document(f"{number}.txt", text) for number, text in enumerate(texts)]


def chain(texts: Sequence[str]) -> None:
    """The whole chain, ledger on."""
    for document in documents(texts):
        restore(document, rules(), Settings())


def engine(texts: Sequence[str]) -> None:
    """The same passes and rounds with the declared rules alone: what the naive loop does, with a ledger."""
    for document in documents(texts):
        restore(document, declared(), Settings())


def document_pass(rule: Rule, views: Sequence[View]) -> Subject:
    """One structural repair, looking at every document once; the lines were typed before the clock started."""

    def run(_texts: Sequence[str]) -> None:
        for view in views:
            propose(rule, replace(view, found={}), 60.0)  # nothing that another pass has found

    return run


def figures(texts: Sequence[str]) -> Subject:
    """Figures, relations and verdicts of texts that were restored before the clock started."""
    cleaned = [restore(document, rules(), Settings()) for document in documents(texts)]

    def run(_texts: Sequence[str]) -> None:
        for document in cleaned:
            examine(document)

    return run


def naive_loop(texts: Sequence[str]) -> None:
    """The declared rules in order, each by ``sub`` over the whole text: no ledger, no second round, no protection."""
    substitutions = _substitutions()
    convert = opencc.OpenCC("t2s").convert
    for text in texts:
        for pattern, after in substitutions:
            text = pattern.sub(after, text)  # noqa: PLW2901 (the text on its way through the rules)
        convert(text)


@cache
def _substitutions() -> tuple[tuple[regex.Pattern[str], Callable[[regex.Match[str]], str]], ...]:
    found = []
    for rule in declared():
        if rule.by is Method.REGEX:
            found.append((regex.compile(rule.match, regex.MULTILINE), _replacement(rule)))
        elif rule.by is Method.CHARS:
            characters = "".join(sorted(rule.map))
            pattern = regex.compile("[" + regex.escape(characters, special_only=False) + "]")
            found.append((pattern, lambda match, table=rule.map: table[match.group()]))
        elif rule.by is Method.LEXICON:
            found += [_entry(entry) for entry in rule.entries]
    return tuple(found)


def _replacement(rule: Rule) -> Callable[[regex.Match[str]], str]:
    if isinstance(rule.replace, str):
        template = rule.replace
        return lambda match: str(match.expand(template))
    table = rule.replace
    return lambda match: "".join(table.get(character, character) for character in match.group())


def _entry(entry: object) -> tuple[regex.Pattern[str], Callable[[regex.Match[str]], str]]:
    left = f"(?<={entry.left})" if entry.left else ""  # type: ignore[attr-defined]
    right = f"(?={entry.right_context})" if entry.right_context else ""  # type: ignore[attr-defined]
    wrong, after = entry.wrong, entry.right  # type: ignore[attr-defined]
    return regex.compile(left + regex.escape(wrong) + right), lambda _match: after


def nfkc(texts: Sequence[str]) -> None:
    """Unicode's own normalisation."""
    for text in texts:
        unicodedata.normalize("NFKC", text)


def opencc_t2s(texts: Sequence[str]) -> None:
    """OpenCC alone."""
    convert = opencc.OpenCC("t2s").convert
    for text in texts:
        convert(text)


def peers() -> dict[str, Subject]:
    """Every peer that is installed (``pip install '.[bench]'``), and those of the standard library."""
    found: dict[str, Subject] = {"opencc t2s": opencc_t2s, "NFKC": nfkc, NAIVE: naive_loop}
    for name, module, function in (
        ("autocorrect-py", "autocorrect_py", "format"),
        ("ftfy", "ftfy", "fix_text"),
    ):
        if find_spec(module) is not None:
            call = getattr(import_module(module), function)
            found[name] = lambda texts, call=call: [call(text) for text in texts] and None
    return found


def jsonl(texts: Sequence[str], folder: Path) -> Path:
    """The texts as rows of a file."""
    path = folder / "reports.jsonl"
    rows = (json.dumps({"id": i, "text": text}, ensure_ascii=False) for i, text in enumerate(texts))
    path.write_text("\n".join(rows) + "\n", "utf-8")
    return path


def end_to_end(path: Path, jobs: int = 1) -> Subject:
    """The command on a file of rows, in eight parts: clean rows and ledger written, start of the process included."""
    part, target = max(0.001, path.stat().st_size / 8e6), str(path.parent / f"out{jobs}")
    command = [
        sys.executable,
        "-m",
        "cleaner",
        "clean",
        str(path),
        "-q",
        "--shards",
        "--shard-size",
        f"{part:.4f}",
    ]

    def run(_texts: Sequence[str]) -> None:
        subprocess.run([*command, "-o", target, "--jobs", str(jobs)], check=True)  # noqa: S603 (this project's own command)

    return run


_PEER = """
import autocorrect_py, json, sys
with open(sys.argv[1], encoding="utf-8") as rows, open(sys.argv[2], "w", encoding="utf-8") as out:
    for row in rows:
        given = json.loads(row)
        given["text"] = autocorrect_py.format(given["text"])
        out.write(json.dumps(given, ensure_ascii=False) + "\\n")
"""


def peer_end_to_end(path: Path) -> Subject:
    """autocorrect-py on the same file, in a process of its own."""

    def run(_texts: Sequence[str]) -> None:
        target = str(path.with_suffix(".peer"))
        subprocess.run([sys.executable, "-c", _PEER, str(path), target], check=True)  # noqa: S603

    return run

"""The documents and what they show: blocks, how they are run, how their output is pasted anew.

    python tests/pages.py          # says which pasted output is not current
    python tests/pages.py --write  # pastes it anew; the tables of results too, if KANWU_SHARED is there

A ``console`` block is run line by line: ``$`` is a command, what follows is what it printed, ``…`` stands for
whatever was left out. ``sh`` and ``python`` blocks are run as they stand. A block that is not run says why, in a
comment above it: ``<!-- not run: reason -->``.
"""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from support import ROOT

import cleaner
from cleaner.engine.chain import CHAIN

READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
GUIDES = tuple(sorted((ROOT / "docs").glob("*.md")))
OTHERS = tuple(
    ROOT / name for name in ("CHANGELOG.md", "CONTRIBUTING.md", "rules/README.md", "seeds/README.md")
)
PAGES = (*READMES, *GUIDES, *OTHERS)
RUN = (READMES[0], *GUIDES)
"""Pages whose blocks are run; the Chinese README holds the same blocks as the English one."""

BLOCK = re.compile(
    r"(?:^<!-- not run: (?P<why>.+) -->\n)?^```(?P<kind>console|sh|python)\n(?P<body>.*?)^```$", re.M | re.S
)
RESULTS = re.compile(r"<!-- results: (?P<name>[a-z]+) -->\n(?P<table>[^<]*)<!-- end -->")


@dataclass
class Step:
    """A command or a snippet of a page, and the output that the page shows for it."""

    kind: str
    command: str
    shown: list[str]


def steps(page: Path) -> list[Step]:
    """What a page asks a reader to run, in order."""
    found: list[Step] = []
    for block in BLOCK.finditer(page.read_text("utf-8")):
        if block["why"]:
            continue
        if block["kind"] != "console":
            found.append(Step(block["kind"], block["body"], []))
            continue
        for line in block["body"].splitlines():
            if line.startswith("$ "):
                found.append(Step("console", line[2:], []))
            else:
                found[-1].shown.append(line)
    return found


class Workshop:
    """A folder like a fresh checkout whose environment is made: the commands of a page are run in it."""

    def __init__(self, folder: Path, kept: Path) -> None:
        self.folder, self.code, self.names = folder, 0, {}
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        shutil.copytree(ROOT / "tools", folder / "tools")
        shutil.copytree(ROOT / "docs" / "scans", folder / "docs" / "scans")
        for name in ("Makefile", "pyproject.toml", "constraints.txt"):
            shutil.copy(ROOT / name, folder / name)
        programs = folder / ".venv" / "bin"
        programs.mkdir(parents=True)
        # `kanwu run seeds -o out` is run once for all pages, and its results and words are given again
        again = f'rm -rf out; cp -r "{kept}/out" out; cat "{kept}/said" >&2; exit 0'
        known = f'if [ "$*" = "run seeds -o out" ] && [ -e "{kept}/said" ]; then {again}; fi'
        scripts = {
            "python": f'exec "{sys.executable}" "$@"',
            "kanwu": f'{known}\nexec "{sys.executable}" -m cleaner "$@"',
        }
        for name, lines in scripts.items():
            (programs / name).write_text(f"#!/bin/sh\n{lines}\n", "utf-8")
            (programs / name).chmod(0o755)
        for stamp in (".kanwu", ".kanwu-dev"):
            (folder / ".venv" / stamp).touch()
        paths = {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "KANWU_SHARED": "none"}
        # variables of a `make` that runs these tests must not reach the one inside
        outer = {
            k: v for k, v in os.environ.items() if k not in ("SEEDS", "OUT", "VENV", "MAKEFLAGS", "MAKELEVEL")
        }
        self.env = {**outer, **paths, "LC_ALL": "C.UTF-8", "COLUMNS": "200", "TERM": "dumb"}

    def run(self, step: Step) -> list[str]:
        """Run a step; the lines that it printed."""
        if step.kind == "python":
            return self._python(step.command)
        if step.command == "echo $?":
            told, self.code = str(self.code), 0
            return [told]
        done = subprocess.run(
            ["sh", "-ec", f"exec 2>&1\n{step.command}"],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout.splitlines()

    def _python(self, body: str) -> list[str]:
        said = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(said):
            exec(compile(body, "snippet", "exec"), self.names)  # noqa: S102 (the page's own snippet)
        return said.getvalue().splitlines()


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether a page's output is what was printed; ``…`` alone is any lines, inside a line any characters."""
    parts = [
        "(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.rstrip().split("…"))) + "\n"
        for line in shown
    ]
    return re.fullmatch("".join(parts), "".join(line.rstrip() + "\n" for line in printed)) is not None


def expected_of_python(body: str) -> list[str]:
    """The lines that a snippet promises to print, in comments that begin with ``#>``."""
    return re.findall(r"#> ?(.*)$", body, re.M)


def real_run(folder: Path) -> Path:
    shop = Workshop(folder, folder / "kept")
    said = shop.run(Step("sh", "kanwu run seeds -o out", []))
    assert shop.code == 0, said
    (folder / "said").write_text("".join(f"{line}\n" for line in said), "utf-8")
    return folder


def results_of(page: Path) -> list[str]:
    return [found["table"] for found in RESULTS.finditer(page.read_text("utf-8"))]


COUNTED = re.compile(r"[0-9]+(?= (?P<what>rules in|packs, over|examples are|types of relation))")


def counted(text: str) -> str:
    """The changelog with the counts of what ships as they are now."""
    from cleaner.packs.load import shipped_packs

    packs = shipped_packs()
    examples = [r.examples for pack in packs for r in pack.rules]
    now = {
        "rules in": len(examples),
        "packs, over": len(packs),
        "examples are": sum(len(e.fires) + len(e.silent) + len(e.limits) for e in examples),
        "types of relation": len(list((ROOT / "rules" / "relations").glob("*.yaml"))),
    }
    return COUNTED.sub(lambda found: str(now[found["what"]]), text)


# --- results on the shared documents: made here, pasted into the READMEs ---


def _restored(folder: Path):
    from cleaner.api import rules_for
    from cleaner.engine.restore import restore
    from cleaner.engine.settings import Settings

    rules = rules_for(Settings())
    for document in cleaner.read(folder):
        yield document, restore(document, rules, Settings())


def _row(name: str, cells) -> str:
    return f"| {name} | {' | '.join(str(c) for c in cells)} |\n"


def five_documents(folder: Path) -> str:
    """The table of what is done to each document: edits by pack, findings, the two promises kept."""
    from cleaner.engine.apply import invert
    from cleaner.packs.load import shipped_packs
    from cleaner.rows import edit_row

    done = [(d, c, cleaner.confront(c)) for d, c in _restored(folder)]
    packs = [Counter(e.rule.split("/")[0] for e in c.applied) for _d, c, _r in done]
    order = [p.name for stage in CHAIN for p in shipped_packs() if p.stage == stage]
    table = _row("", [d.doc[:3] for d, _c, _r in done]) + _row("---", ["---:"] * len(done))
    table += _row("characters 字符", [len(d.text) for d, _c, _r in done])
    table += "".join(
        _row(f"`{name}`", [n[name] for n in packs]) for name in order if any(n[name] for n in packs)
    )
    table += _row("**edits applied 改动**", [len(c.applied) for _d, c, _r in done])
    table += _row("only shown 只列不改", [len(c.edits) - len(c.applied) for _d, c, _r in done])
    for severity, title in (
        ("error", "findings: error 错误"),
        ("warning", "warning 警告"),
        ("info", "info 提示"),
    ):
        table += _row(title, [sum(f.severity == severity for f in r.findings) for _d, _c, r in done])
    table += _row("figures 数值", [len(r.figures) for _d, _c, r in done])
    table += _row("… in an equality 已入等式", [r.coverage["in_equality"] for _d, _c, r in done])
    back = [invert(c.text, [edit_row(e) for e in c.edits]) == d.text for d, c, _r in done]
    table += _row("undo gives the base text back 可撤回", ["yes" if whole else "NO" for whole in back])
    return table + _row(
        "edits of a second run 再跑一遍的改动", [len(cleaner.clean(c.text).applied) for _d, c, _r in done]
    )


def clean_reports(folder: Path) -> str:
    """The table of what is done to reports that need no restoring: edits by rule."""
    rules, docs, changed, size, reports = Counter(), Counter(), 0, 0, 0
    for document, cleaned in _restored(folder):
        reports, size = reports + 1, size + len(document.text)
        rules.update(e.rule for e in cleaned.applied)
        docs.update({e.rule for e in cleaned.applied})
        changed += sum(solid(e.before) != solid(e.after) for e in cleaned.applied)
    table = "| rule 规则 | edits 改动 | reports 篇 |\n| --- | ---: | ---: |\n"
    table += "".join(_row(f"`{rule}`", [count, docs[rule]]) for rule, count in sorted(rules.items()))
    table += _row(f"**all, in {reports} reports of {size} characters**", [sum(rules.values()), ""])
    return table + _row("**edits that change a Han character or a digit**", [changed, ""])


def solid(text: str) -> str:
    """The Han characters and digits of a text."""
    return re.sub(r"[^\u3400-\u9fff0-9]", "", text)


# --- pasting anew ---


def pasted(page: Path, shop: Workshop) -> str:
    """The page with the output of its console blocks as it is now; left out stays left out."""

    def block(found: re.Match[str]) -> str:
        if found["why"]:
            return found.group()
        if found["kind"] != "console":
            shop.run(Step(found["kind"], found["body"], []))
            return found.group()
        parts = re.split(r"^\$ (.+)\n", found["body"], flags=re.M)
        lines = [
            f"$ {command}\n{renewed(shown, shop.run(Step('console', command, [])))}"
            for command, shown in zip(parts[1::2], parts[2::2], strict=True)
        ]
        return found.group().replace(found["body"], "".join(lines))

    return BLOCK.sub(block, page.read_text("utf-8"))


def renewed(shown: str, printed: list[str]) -> str:
    """The shown lines as they are printed now: those before and after what is left out by place, others by likeness."""
    lines = shown.splitlines()
    if not lines or matches(lines, printed):
        return shown
    if "…" in lines:
        first, tail = lines.index("…"), lines[::-1].index("…")
        last = len(lines) - tail
        middle = [_nearest(line, printed) for line in lines[first:last]]
        printed = [*printed[:first], *middle, *printed[len(printed) - tail :]]
    return "".join(f"{line}\n" for line in printed)


def _nearest(line: str, printed: list[str]) -> str:
    return line if "…" in line else (difflib.get_close_matches(line, printed, 1, 0.3) or [line])[0]


def main(write: bool) -> int:
    """Say which pages are not current; paste anew if asked."""
    from cleaner.testing.index import render_index

    fresh: dict[Path, str] = {}
    with TemporaryDirectory() as kept:
        real_run(Path(kept))
        for page in RUN:
            with TemporaryDirectory() as folder:
                fresh[page] = pasted(page, Workshop(Path(folder), Path(kept)))
    blocks = [found.group() for found in BLOCK.finditer(fresh[READMES[0]])]
    fresh[READMES[1]] = BLOCK.sub(lambda _found: blocks.pop(0), READMES[1].read_text("utf-8"))
    fresh[ROOT / "CHANGELOG.md"] = counted((ROOT / "CHANGELOG.md").read_text("utf-8"))
    index = "<!-- index: kanwu rules index -->\n"
    head, _, _ = (ROOT / "rules" / "README.md").read_text("utf-8").partition(index)
    fresh[ROOT / "rules" / "README.md"] = head + index + render_index()
    folder = Path(os.environ.get("KANWU_SHARED", ROOT.parent / "shared"))
    if (folder / "seeds").is_dir():
        tables = {"five": five_documents(folder / "seeds"), "many": clean_reports(folder / "corpus")}
        for page in READMES:
            fresh[page] = RESULTS.sub(
                lambda found: found.group().replace(found["table"], tables[found["name"]]), fresh[page]
            )
    stale = [page for page, text in fresh.items() if text != page.read_text("utf-8")]
    for page in stale:
        print(f"{page.relative_to(ROOT)}: {'pasted anew' if write else 'not current'}")
        if write:
            page.write_text(fresh[page], "utf-8")
    return 0 if write or not stale else 1


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))

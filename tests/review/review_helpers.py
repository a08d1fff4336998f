"""A run with doubtful edits, and the page of it served from a thread."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from pathlib import Path

from support import kanwu, write_pack

from cleaner.review.desk import Desk, open_desk
from cleaner.review.page import page_of
from cleaner.review.serve import ReviewServer

TEXT = "云泽县改革 and 发展成效明显，产业 and 园区加快建设。\n各村 and 各社区同步推进，新增企业1O家。\n"
DOUBTFUL = {"safety": "doubtful", "evidence": "reasoning"}


class Place:
    """A folder with documents, a pack whose rules are doubtful, and a run."""

    def __init__(self, folder: Path, title: str = "夹入外文", **texts: str) -> None:
        self.folder, self.out, self.file = folder, folder / "out", folder / "decisions.jsonl"
        self.pack = folder / "mine"
        self._packs = write_pack(
            folder / "packs",
            "own",
            stray_and={**DOUBTFUL, "match": " and "},
            misread={**DOUBTFUL, "match": "1O", "replace": "10"},
        )
        rule = self._packs / "stray-and.yaml"
        rule.write_text(rule.read_text("utf-8").replace("夹入外文", json.dumps(title)), "utf-8")
        (folder / "in").mkdir()
        for name, text in (texts or {"a": TEXT}).items():
            (folder / "in" / f"{name}.txt").write_text(text, "utf-8")
        self.run()

    def run(self, *more: object) -> str:
        """Clean again; what was told."""
        given = ("--packs", self._packs, "--select", "own", "--no-config", *more)
        code, _, told = kanwu("clean", self.folder / "in", "-o", self.out, *given)
        assert code == 0, told
        return told

    def decided(self) -> str:
        """The clean text of the first document when the decisions are carried out; undo gives back the base text."""
        told = self.run("--decisions", self.file)
        assert "not used" not in told, told
        names = sorted(p.name for p in (self.folder / "in").iterdir())
        back = self.folder / "back"
        assert kanwu("undo", self.out, "-o", back)[0] == 0
        for name in names:
            assert (back / name).read_bytes() == (self.folder / "in" / name).read_bytes()
            (back / name).unlink()
        back.rmdir()
        return (self.out / "text" / names[0]).read_text("utf-8")

    def desk(self) -> Desk:
        return open_desk(self.out, None, self.pack)


@contextmanager
def served(place: Place, lang: str = "en", applied: bool = False):
    """The server of a page while the block runs."""
    desk = place.desk()
    _, make = page_of(place.out, desk, lang, applied)
    with ReviewServer(desk, make) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

"""The page on which a reader decides about single changes: one file, with a server behind it or without.

Documents are hostile input. What the page shows travels as JSON in which no markup can begin, its script puts it in
place as text alone, and the policy of the page lets nothing run but that script.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Mate:
    """Another row of the same group: what goes elsewhere when the item is carried out."""

    line: int
    left: str
    before: str
    after: str
    right: str


@dataclass(frozen=True, slots=True)
class Other:
    """Another change that was proposed at the same place."""

    rule: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """A change that a reader may decide about, and what he needs to see for it.

    ``key`` is the line of decisions.jsonl without its decision. ``left`` and ``right`` are base text around the
    change; ``near`` is what stands on its line in the clean text, before and behind, as an example for a rule.
    ``state`` is ``doubtful``, ``withheld`` or ``applied``; ``digits`` says that it changes digits; ``rulable`` that a
    rule of a pack can be made of it.
    """

    doc: str
    line: int
    key: Mapping[str, Any]
    edit: str
    safety: str
    evidence: str
    state: str
    withheld_by: str
    why: str
    left: str
    right: str
    near: tuple[str, str]
    digits: bool
    rulable: bool
    mates: tuple[Mate, ...] = ()
    others: tuple[Other, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the page holds. ``decisions`` are the lines that stand in the file now, as objects.

    ``saves_to`` is the file that the server behind the page writes; empty for a page that stands alone. ``pack`` is
    the folder that ``always`` writes a rule into, empty where there is none. ``name`` tells one run from another, so
    that a page that stands alone finds what was decided on it before.
    """

    name: str
    items: Sequence[Item]
    decisions: Sequence[Mapping[str, Any]]
    rules: Mapping[str, Mapping[str, str]]
    lang: str = "zh"
    saves_to: str = ""
    pack: str = ""


def policy(served: bool) -> str:
    """The content security policy of the page: its own script and style, and its own server if it has one."""
    script, style = _script(), _style()
    connect = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(style)}'; "
        f"{connect}base-uri 'none'; form-action 'none'"
    )


def render_review(page: ReviewPage) -> str:
    """The page as one HTML file that asks for nothing beyond itself, but for its own server."""
    environment = Environment(
        loader=PackageLoader("cleaner.reports", "templates"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("review.html.jinja").render(
        lang=page.lang,
        policy=policy(bool(page.saves_to)),
        style=Markup(_style()),  # noqa: S704 - files of this package, not a stranger's text
        script=Markup(_script()),  # noqa: S704
        data=Markup(_inert(_data(page))),  # noqa: S704 - nothing in it can begin markup
    )


def _data(page: ReviewPage) -> str:
    docs = sorted({item.doc for item in page.items})
    shown = {item.key["rule"] for item in page.items} | {o.rule for item in page.items for o in item.others}
    data = {
        "name": page.name,
        "lang": page.lang,
        "savesTo": page.saves_to,
        "pack": page.pack,
        "docs": docs,
        "rules": {name: dict(words) for name, words in page.rules.items() if name in shown},
        "decisions": list(page.decisions),
        "items": [
            {**asdict(item), "key": dict(item.key), "doc": docs.index(item.doc)} for item in page.items
        ],
    }
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def _inert(text: str) -> str:
    """JSON without a character that could end its element or begin markup."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _script() -> str:
    """What the page says in both languages, and what it does."""
    return _source("review_words.js") + _source("review.js")


def _style() -> str:
    """The colours of the report, and what is this page's own."""
    colours, _, _ = _source("report.css").partition("\n* {")
    return colours + "\n" + _source("review.css")


def _digest(text: str) -> str:
    return b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _source(name: str) -> str:
    return (files("cleaner.reports") / "templates" / name).read_text("utf-8")

"""Bytes -> text and back. Refuses rather than guesses."""

from __future__ import annotations

import codecs
import hashlib
from dataclasses import dataclass

from cleaner.errors import KanwuError

COMMON = frozenset(
    "的一是不了在人有我他这中大来上国和地到以说时要就出会也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么"
    "去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知"
    "全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
    "这個們來時會對爲為國說過後發還進開長機關點間問應戰產業與實現當從無將體"
)
"""Frequent characters of written Chinese in both scripts: what tells a right decoding from a wrong one."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEAST_SHARE = 0.06
_LEAST_LEAD = 3.0
"""A legacy decoding needs this share of common characters, and this many times that of its rival."""


class ReadError(KanwuError):
    """An input that cannot be read; the message is the reason, without the name of the file."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line feeds only, and what is needed to get the bytes back.

    ``line_ends`` is the one line end of the file, or a string of ``n``, ``r`` and ``w`` (CR LF), one for every
    line end in turn, where a file mixes them.
    """

    text: str
    encoding: str
    bom: bytes
    line_ends: str


def sha256(data: bytes) -> str:
    """The digest by which a document is named, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode a file.

    Args:
        data: the bytes as they stand.
        encoding: a name that the user gives; without it the encoding is found.

    Raises:
        ReadError: empty, binary, or in no encoding that can be told with certainty.
    """
    if not data.strip():
        raise ReadError("the file is empty")
    bom, name = _encoding_of(data, encoding)
    try:
        text = data[len(bom) :].decode(name)
    except (UnicodeDecodeError, LookupError) as error:
        raise ReadError(f"it is not {name} ({error}); name its encoding with --encoding") from error
    if text.encode(name) != data[len(bom) :]:
        raise ReadError(f"decoding as {name} does not give the same bytes back; name another with --encoding")
    _refuse_binary(text)
    line_ends = _line_ends(text)
    return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), name, bom, line_ends)


def decode_known(data: bytes, encoding: str, bom: bytes) -> str:
    """The text of bytes whose encoding is on record, with line feeds only."""
    return data[len(bom) :].decode(encoding).replace("\r\n", "\n").replace("\r", "\n")


def encode(text: str, encoding: str, bom: bytes, line_ends: str) -> bytes:
    """The bytes of a text: the reverse of ``decode`` where the text is the decoded one.

    A text whose line ends no longer match a mixed record gets the most frequent of them throughout.
    """
    if line_ends in ("\n", "\r", "\r\n"):
        body = text if line_ends == "\n" else text.replace("\n", line_ends)
    else:
        body = _with_mixed_ends(text, line_ends)
    return bom + body.encode(encoding)


_ENDS = {"n": "\n", "r": "\r", "w": "\r\n"}


def _with_mixed_ends(text: str, record: str) -> str:
    parts = text.split("\n")
    if len(parts) - 1 != len(record):
        return _ENDS[max("nrw", key=record.count)].join(parts)
    return "".join(part + _ENDS[mark] for part, mark in zip(parts, record, strict=False)) + parts[-1]


def _line_ends(text: str) -> str:
    if "\r" not in text:
        return "\n"
    windows = text.count("\r\n")
    if windows == text.count("\r") == text.count("\n"):
        return "\r\n"
    if "\n" not in text:
        return "\r"
    marks = text.replace("\r\n", "w") if "w" not in text else None
    if marks is None:
        marks = "".join("w" if c == "\0" else c if c in "\r\n" else "" for c in text.replace("\r\n", "\0"))
        return marks.replace("\r", "r").replace("\n", "n")
    return "".join({"w": "w", "\r": "r", "\n": "n"}.get(c, "") for c in marks)


def _encoding_of(data: bytes, given: str | None) -> tuple[bytes, str]:
    for bom, name in _BOMS:
        if data.startswith(bom) and (given is None or _same(given, name)):
            return bom, name
    if given is not None:
        return b"", given
    wide = _wide_without_bom(data)
    if wide:
        return b"", wide
    if _decodes(data, "utf-8"):
        return b"", "utf-8"
    return b"", _legacy(data)


def _same(given: str, name: str) -> bool:
    plain = given.lower().replace("_", "-")
    return plain in (name, name.removesuffix("-le").removesuffix("-be"), "utf-8-sig")


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 shows as null bytes (ASCII digits, line ends); which way round, by which reads like Chinese."""
    if len(data) % 2 or b"\0" not in data:
        return None
    shares = {n: _share(data.decode(n)) for n in ("utf-16-le", "utf-16-be") if _decodes(data, n)}
    best = max(shares, key=lambda n: shares[n], default="")
    rival = max((s for n, s in shares.items() if n != best), default=0.0)
    return best if best and shares[best] >= max(_LEAST_SHARE, _LEAST_LEAD * rival) else None


def _decodes(data: bytes, name: str) -> bool:
    try:
        return data.decode(name).encode(name) == data
    except UnicodeError:
        return False


def _share(text: str) -> float:
    """Share of common characters among the non-ASCII ones."""
    wide = [c for c in text if ord(c) > 0x7F]
    return sum(c in COMMON for c in wide) / len(wide) if wide else 0.0


def _legacy(data: bytes) -> str:
    """GB18030 or Big5, by which decoding reads like Chinese; every Big5 file is also valid GB18030."""
    if b"\0" in data:
        raise ReadError("it is binary (null bytes)")
    shares = {
        name: _share(data.decode(name)) for name in ("gb18030", "big5", "cp950") if _decodes(data, name)
    }
    if not shares:
        raise ReadError("it is not UTF-8, GB18030 or Big5; name its encoding with --encoding")
    ranked = sorted(shares, key=lambda n: (-shares[n], n))
    best = ranked[0]
    rivals = [shares[n] for n in ranked[1:] if (n == "gb18030") != (best == "gb18030")]
    if shares[best] < _LEAST_SHARE or (rivals and shares[best] < _LEAST_LEAD * max(rivals)):
        told = ", ".join(f"{n} {shares[n]:.0%}" for n in ranked)
        raise ReadError(f"its encoding cannot be told (common characters: {told}); name it with --encoding")
    return best


def _refuse_binary(text: str) -> None:
    control = sum(ord(c) < 32 and c not in "\t\n\r\f\v\x1a\x1b" for c in text)
    if "\0" in text or control * 100 > len(text):
        raise ReadError("it is binary (control characters)")

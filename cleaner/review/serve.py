"""The page served to the browser of this machine, and to nobody else.

Loopback alone is no protection: any page that the reader has open elsewhere can send requests to it, and a name that
such a page owns can be made to lead here. So the address holds a token that nobody can guess, a request must name this
very host, and one that writes must come from this page.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cleaner.errors import KanwuError
from cleaner.reports.review import policy
from cleaner.review.desk import Desk

HOST = "127.0.0.1"
MOST_BYTES = 64 << 20
"""A longer request is refused unread: a decision about each of a hundred thousand places is shorter."""
_PATIENCE_S = 30
_HEADERS = {
    "Content-Security-Policy": policy(served=True) + "; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class ServeError(KanwuError):
    """The page cannot be served."""


class ReviewServer(ThreadingHTTPServer):
    """Serves one page below one secret path, and keeps what it sends.

    Args:
        desk: where decisions are kept.
        page: makes the page, asked each time it is loaded.
        port: 0 for any that is free.

    Raises:
        ServeError: the port is taken.
    """

    daemon_threads = True

    def __init__(self, desk: Desk, page: Callable[[], str], port: int = 0) -> None:
        self.desk, self.page = desk, page
        self.path = f"/{secrets.token_urlsafe(24)}/"
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise ServeError(f"--port {port}: {error.strerror}; name another, or 0 for any") from error

    @property
    def origin(self) -> str:
        """The origin of the page."""
        return f"http://{HOST}:{self.server_port}"

    @property
    def url(self) -> str:
        """The address of the page, with its token."""
        return self.origin + self.path


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = _PATIENCE_S
    server_version, sys_version = "kanwu", ""

    def do_GET(self) -> None:
        if not self._is_for_us():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "another host")
        elif not self._is(self.server.path):
            self._refuse(HTTPStatus.NOT_FOUND, "no such page")
        else:
            try:
                self._answer(HTTPStatus.OK, "text/html; charset=utf-8", self.server.page().encode())
            except KanwuError as error:
                self._refuse(HTTPStatus.CONFLICT, str(error))

    def do_POST(self) -> None:
        if not self._is_for_us():
            self._refuse(HTTPStatus.MISDIRECTED_REQUEST, "another host")
        elif self.headers.get("Origin") != self.server.origin:
            self._refuse(HTTPStatus.FORBIDDEN, "another origin")
        elif not self._is(self.server.path + "decide"):
            self._refuse(HTTPStatus.NOT_FOUND, "no such page")
        elif self.headers.get_content_type() != "application/json":
            self._refuse(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "expected JSON")
        else:
            self._decide()

    def _decide(self) -> None:
        try:
            given = self._body()
            notes = self.server.desk.change(given["set"], given["drop"])
        except (ValueError, KeyError, TypeError) as error:
            self._refuse(HTTPStatus.BAD_REQUEST, f"expected an object with set and drop: {error}")
        except KanwuError as error:
            self._refuse(HTTPStatus.CONFLICT, str(error))
        else:
            self._answer(HTTPStatus.OK, "application/json", json.dumps({"notes": notes}).encode())

    def _body(self) -> Any:
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or int(length) > MOST_BYTES:
            raise ValueError(f"a body of at most {MOST_BYTES} bytes")
        return json.loads(self.rfile.read(int(length)))

    def _is_for_us(self) -> bool:
        """Whether the request names this host: a name that was made to lead here does not."""
        hosts = self.headers.get_all("Host") or []
        return hosts == [self.server.origin.removeprefix("http://")]

    def _is(self, path: str) -> bool:
        return hmac.compare_digest(self.path.encode(), path.encode())

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True
        self._answer(status, "application/json", json.dumps({"error": reason}).encode())

    def _answer(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Type": kind, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing: the page tells what it saved, and an address with its token belongs in no log."""

"""The server behind the page: this machine, this page, and nobody else."""

from __future__ import annotations

import json
import socket
from http.client import HTTPConnection

import pytest
from review_helpers import Place, served

from cleaner.review.serve import HOST, MOST_BYTES, ReviewServer, ServeError
from cleaner.runs.decisions import read_decisions

LINE = {
    "rule": "own/stray-and",
    "before": " and ",
    "after": "和",
    "left": "甲",
    "right": "乙",
    "decision": "accept",
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return Place(tmp_path_factory.mktemp("review"))


@pytest.fixture
def server(place):
    place.file.unlink(missing_ok=True)
    with served(place) as running:
        yield running


def _ask(server, method: str, path: str, body: str | None = None, **headers: str) -> tuple[int, str, dict]:
    connection = HTTPConnection(HOST, server.server_port, timeout=10)
    names = {
        "Host": f"{HOST}:{server.server_port}",
        "Origin": server.origin,
        "Content-Type": "application/json",
    }
    given = {k: v for k, v in {**names, **headers}.items() if v is not None}
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        connection.putheader(name, value)
    if body is not None and "Content-Length" not in given:
        connection.putheader("Content-Length", str(len(body.encode())))
    connection.endheaders((body or "").encode())
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text, dict(answer.getheaders())


def _decide(server, body: str | None = None, **headers):
    body = json.dumps({"set": [LINE], "drop": []}) if body is None else body
    return _ask(server, "POST", server.path + "decide", body, **headers)


def test_the_page_says_that_nothing_else_may_run_frame_or_keep_it(server):
    status, text, headers = _ask(server, "GET", server.path)
    assert (status, text.startswith("<!doctype html>")) == (200, True)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "http://" not in text
    assert "https://" not in text


def test_a_decision_of_the_page_is_written(server, place):
    assert _decide(server)[0] == 200
    assert [d.left for d in read_decisions(place.file).entries] == ["甲"]
    assert _decide(server, json.dumps({"set": [], "drop": [LINE]}))[0] == 200
    assert read_decisions(place.file).entries == ()


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "", None])
def test_a_name_that_was_made_to_lead_here_is_refused(server, place, host):
    assert _ask(server, "GET", server.path, Host=host)[0] in (400, 421)
    assert _decide(server, Host=host)[0] in (400, 421)
    assert not place.file.exists()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "", None])
def test_another_page_cannot_decide(server, place, origin):
    status, text, _ = _decide(server, Origin=origin)
    assert (status, json.loads(text)) == (403, {"error": "another origin"})
    assert not place.file.exists()


def test_a_form_of_another_page_cannot_decide(server, place):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        assert _decide(server, **{"Content-Type": kind})[0] == 415
    assert not place.file.exists()


def test_without_the_token_there_is_nothing(server, place):
    for path in ("/", "/favicon.ico", server.path[:-2] + "/", server.path + "x", server.path[:-1], "//"):
        assert _ask(server, "GET", path)[0] == 404
    assert _ask(server, "POST", "/decide", "{}")[0] == 404
    assert _ask(server, "PUT", server.path, "")[0] == 501
    assert len(server.path) > 30


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "{}", '{"set": 1, "drop": []}', '{"set": [], "drop": null}', "\ud7ff" * 5]
)
def test_what_is_no_decision_is_refused_and_nothing_is_written(server, place, body):
    assert _decide(server, body)[0] == 400
    assert not place.file.exists()


def test_a_decision_that_cannot_be_kept_is_refused_with_the_reason(server, place):
    status, text, _ = _decide(server, json.dumps({"set": [{**LINE, "decision": "maybe"}], "drop": []}))
    assert (status, "expected one of accept" in json.loads(text)["error"]) == (409, True)
    place.file.write_text("{", "utf-8")
    assert _decide(server)[0] == 409
    assert place.file.read_text("utf-8") == "{"
    assert _ask(server, "GET", server.path)[0] == 409


@pytest.mark.parametrize("length", [str(MOST_BYTES + 1), "-1", "x", "²"])
def test_a_body_of_no_length_or_too_much_is_refused_unread(server, length):
    assert _decide(server, "{}", **{"Content-Length": length.encode().decode("latin-1")})[0] == 400


def test_it_listens_on_loopback_alone_and_says_when_the_port_is_taken(server):
    assert server.server_address[0] == "127.0.0.1"
    with pytest.raises(ServeError, match=f"--port {server.server_port}"):
        ReviewServer(server.desk, str, server.server_port)
    with socket.create_connection((HOST, server.server_port)) as idle:
        idle.sendall(b"GET ")
        assert _ask(server, "GET", server.path)[0] == 200

# ruff: noqa: E501  # markup is kept in one piece
"""Pages are fetched only from public addresses, as the site allows, and within limits."""

import http.server
import socket
import threading
from pathlib import Path

import pytest

from detente.articles import Article, Unread
from detente.errors import UnreadableSource
from detente.settings import Settings
from detente.sources import web
from detente.sources.gather import gather
from detente.sources.web import fetch, public_addresses

PAGE = b"<html><head><title>x</title></head><body><h1>River talks end</h1><p>Envoys met for six hours, said both.</p></body></html>"
ANSWERS = {
    "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /closed\n"),
    "/story": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/closed/story": (200, {"Content-Type": "text/html"}, PAGE),
    "/moved": (302, {"Location": "/story"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/inside": (302, {"Location": "http://10.0.0.1/x"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/large": (200, {"Content-Type": "text/html"}, b"x" * 5000),
    "/gone": (404, {}, b""),
}


class Site(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def refused(url, **options):
    with pytest.raises(UnreadableSource) as caught:
        fetch(url, Settings(largest_file=2000), **options)
    return caught.value.reason


def test_a_page_is_fetched_and_read_where_it_is_asked_for(site):
    (article,) = gather([f"{site}/moved"], Settings(), allow_local=True)
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("River talks end", f"{site}/story")


def test_without_leave_addresses_inside_are_refused(site):
    (found,) = gather([Path(f"{site}/story")], Settings())
    assert isinstance(found, Unread)
    assert "--allow-local" in found.reason


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "0.0.0.0", "::ffff:10.0.0.1", "fd00::1", "224.0.0.1"]
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused(host):
    with pytest.raises(UnreadableSource, match="private or local"):
        public_addresses(host, 80, "x")


def test_a_name_of_which_one_address_is_inside_is_refused(monkeypatch):
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("127.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(UnreadableSource, match="private or local"):
        public_addresses("two.example", 80, "x")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    asked = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("93.184.216.34", 80))])

    def connect(address, timeout):
        asked.append(address)
        raise OSError

    monkeypatch.setattr(web.socket, "create_connection", connect)
    assert "cannot be reached" in refused("http://name.example/x")
    assert asked == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/closed/story", "robots.txt"),
        ("/round", "redirects"),
        ("/large", "more than"),
        ("/gone", "404"),
        ("/file", "only http and https"),
    ],
)
def test_what_a_site_forbids_or_overdoes_is_refused(site, path, why):
    assert why in refused(site + path, allow_local=True)


def test_a_redirect_inside_is_refused(monkeypatch):
    real = web.public_addresses
    monkeypatch.setattr(
        web,
        "public_addresses",
        lambda host, *a, **k: ["93.184.216.34"] if host == "out.example" else real(host, *a, **k),
    )
    answers = {
        "/robots.txt": web._Answer(404, "", None, b""),
        "/inside": web._Answer(302, "", "http://10.0.0.1/x", b""),
    }

    def ask(parts, url, deadline, most, *, allow_local):
        web.public_addresses(parts.hostname, 80, url, allow_local=allow_local)
        return answers[parts.path]

    monkeypatch.setattr(web, "_ask", ask)
    assert "private or local" in refused("http://out.example/inside")


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "http:///x", "http://user:secret@a.example/", "http://a.example:99999/", "file:///etc/passwd"]
)  # fmt: skip
def test_other_schemes_and_odd_addresses_are_refused(url):
    assert refused(url)

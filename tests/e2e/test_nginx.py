"""deploy/nginx.conf.template in a real nginx, before a gunicorn that tells what it was sent. Skipped without nginx."""

from __future__ import annotations

import json
import os
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPSConnection
from pathlib import Path
from string import Template
from typing import Any

import pytest

from dev.run import BIN, ROOT, Parts, free_port, listens
from dev.stack import until

pytestmark = pytest.mark.e2e
NAME = "zhitongche.example.gov.cn"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
OPENSSL = shutil.which("openssl")
CONFIGURATION = """
user root;
pid {there}/pid;
error_log {there}/error.log;
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {there}/body;
    proxy_temp_path {there}/proxy;
    fastcgi_temp_path {there}/fastcgi;
    uwsgi_temp_path {there}/uwsgi;
    scgi_temp_path {there}/scgi;
    include {there}/site.conf;
}}
"""


class ByName(HTTPSConnection):
    """Asks this machine for a name, and believes any certificate."""

    def connect(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        plain = socket.create_connection(("127.0.0.1", self.port), 20)
        try:
            self.sock = context.wrap_socket(plain, server_hostname=self.host)
        except ssl.SSLError:
            plain.close()
            raise


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes


@dataclass
class Front:
    port: int
    there: Path
    parts: Parts

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, name: str = NAME, **headers: str
    ) -> Answer:
        connection = ByName(name, self.port)
        try:
            connection.request(method, path, body, {key.replace("_", "-"): value for key, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    if NGINX is None or OPENSSL is None:
        pytest.skip("no nginx or no openssl here")
    there = tmp_path_factory.mktemp("nginx")
    there.chmod(0o755)
    subject = ["-subj", f"/CN={NAME}", "-keyout", "privkey.pem", "-out", "fullchain.pem"]
    new = [OPENSSL, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    subprocess.run(new, cwd=there, check=True, capture_output=True)
    web, port, http = free_port(), free_port(), free_port()
    values = {
        "SERVER_NAME": NAME,
        "TLS": there,
        "WEB": f"127.0.0.1:{web}",
        "HTTPS_PORT": f"127.0.0.1:{port}",
        "HTTP_PORT": f"127.0.0.1:{http}",
    }
    site = Template((ROOT / "deploy" / "nginx.conf.template").read_text()).safe_substitute(values)
    (there / "site.conf").write_text(site.replace("/var/log/nginx", str(there)))
    (there / "nginx.conf").write_text(CONFIGURATION.format(there=there))
    parts = Parts(there, {**os.environ, "PORT": str(web), "WEB_PROCESSES": "1"})
    try:
        parts.start("web", str(BIN / "gunicorn"), "-c", "deploy/gunicorn.py", "tests.e2e.stand_in:app")
        parts.start("nginx", NGINX, "-c", str(there / "nginx.conf"), "-g", "daemon off;")
        until(lambda: (listens(port) and listens(web)) or parts.ended(), 20)
        yield Front(port, there, parts)
    finally:
        parts.stop()


def told(answer: Answer) -> dict[str, Any]:
    assert answer.status == 200
    found: dict[str, Any] = json.loads(answer.body)
    return found


def test_it_speaks_tls_says_so_and_answers_to_its_name_only(front: Front) -> None:
    answer = front.ask("/healthz")
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    with pytest.raises(ssl.SSLError):
        front.ask("/healthz", name="other.example")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_numbers_are_not_for_everybody(front: Front, path: str) -> None:
    assert front.ask(path).status == 404


def test_the_program_is_told_the_real_address_whatever_the_client_claims(front: Front) -> None:
    got = told(front.ask("/api/rosters", X_Forwarded_For="9.9.9.9", X_Forwarded_Proto="http"))
    assert (got["address"], got["proto"]) == ("127.0.0.1", "https")
    assert got["host"] == NAME


def test_connections_to_the_program_are_used_again(front: Front) -> None:
    assert len({told(front.ask("/"))["peer"] for _ in range(6)}) < 6


def test_a_photo_passes_and_too_much_is_refused_with_a_sentence(front: Front) -> None:
    assert told(front.ask("/api/uploads", "POST", b"x" * 10 * 1024 * 1024))["length"] == 10 * 1024 * 1024
    refused = front.ask("/api/uploads", "POST", b"x" * 12 * 1024 * 1024)
    assert refused.status == 413
    assert "10MB" in refused.body.decode()


def test_an_unchanged_answer_is_304_and_nothing_is_answered_from_a_cache(front: Front) -> None:
    answer = front.ask("/api/rosters/city/directory")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert front.ask("/api/rosters/city/directory", If_None_Match=answer.headers["ETag"]).status == 304
    assert "proxy_cache" not in (front.there / "site.conf").read_text()


def test_files_of_the_console_are_kept_by_browsers_for_an_hour(front: Front) -> None:
    assert front.ask("/console/static/console.css").headers["Cache-Control"] == "max-age=3600"
    assert front.ask("/console/").headers["Cache-Control"] == "no-cache"


def test_what_holds_form_tokens_is_not_compressed(front: Front) -> None:
    assert front.ask("/api/rosters", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"
    for path in ("/console/", "/console/login"):
        assert "Content-Encoding" not in front.ask(path, Accept_Encoding="gzip").headers


@pytest.mark.parametrize("path", ["/console/login", "/api/office/session"])
def test_passwords_cannot_be_tried_at_will(front: Front, path: str) -> None:
    answers = [front.ask(path, "POST", b"{}") for _ in range(13)]
    assert answers[-1].status == 429
    assert answers[-1].headers["Retry-After"] == "60"
    assert answers[-1].headers["Strict-Transport-Security"]
    assert front.ask(path).status == 200  # opening the page is not trying
    assert [front.ask("/api/session", "POST", b"{}").status for _ in range(30)] == [200] * 30


def test_the_log_holds_no_query_and_no_picture(front: Front) -> None:
    front.ask("/wechat/push?openid=oSECRET", "POST", b"")
    front.ask("/media/picture/key")
    lines = until(lambda: (front.there / "access.log").read_text())
    assert "/wechat/push" in lines
    assert "oSECRET" not in lines
    assert "/media/" not in lines


def test_without_the_program_there_is_a_sentence_and_a_time(front: Front) -> None:
    """The last one: it stops the stand-in."""
    front.parts.running["web"].terminate()
    front.parts.running["web"].wait(30)
    answer = front.ask("/api/rosters")
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "10"
    assert "请稍后重试" in answer.body.decode()

"""Real web servers of Debian's on this machine, with the configuration that a publication wrote."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest

from builders import Build
from set_up import server


@dataclass
class Answer:
    """What a server answered."""

    status: int
    headers: HTTPMessage
    body: bytes


def free_port() -> int:
    """Return the number of a port that nobody uses."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def path_of(name: str) -> str:
    """Return the path of the server `name`; without one the test is skipped, or fails where root runs it for CI."""
    path = server(name)
    if not path:
        reason = f"NO {name.upper()}: its configuration was not tested"
        pytest.fail(reason) if os.environ.get("CI") and os.geteuid() == 0 else pytest.skip(reason)
    return path


@contextmanager
def serving(name: str, published: Build, port: int, folder: str = "") -> Iterator[int]:
    """Serve the published site by ``caddy`` or ``nginx`` as its configuration says, and yield the port.

    A site that lies in a `folder` of its host, such as ``/essays``, has another page of that host beside it.
    """
    binary, own = path_of(name), published.output.parent / f"run-{name}"
    own.mkdir(exist_ok=True)
    root = _beside_others(own / "host", folder, published.output) if folder else published.output
    command = (_caddy if name == "caddy" else _nginx)(binary, published, root, own, port)
    home = {**os.environ, "HOME": str(own), "XDG_DATA_HOME": str(own), "XDG_CONFIG_HOME": str(own)}
    with (own / "said").open("w") as said, subprocess.Popen(command, env=home, stdout=said, stderr=said) as process:
        try:
            _wait(process, port, own / "said")
            yield port
        finally:
            process.terminate()


def _beside_others(host: Path, folder: str, output: Path) -> Path:
    """Lay the site below the files of its host, and return where those lie."""
    site = host / folder.strip("/")
    site.parent.mkdir(parents=True)
    site.symlink_to(output)
    (host / "other.html").write_text("Another's page.", encoding="utf-8")
    return host


def _configured(published: Build, root: Path, name: str, *changes: tuple[str, str]) -> str:
    """Return a configuration with what its owner has to fill in; each change must find its place."""
    text = (published.output.parent / "deploy" / name).read_text(encoding="utf-8")
    for pattern, words in ((r"/var/www/[\w.:-]+", str(root)), *changes):
        text, count = re.subn(pattern, words, text, flags=re.MULTILINE)
        assert count == 1, pattern
    return text


def _caddy(binary: str, published: Build, root: Path, own: Path, port: int) -> list[str]:
    text = _configured(published, root, "Caddyfile", (r"^[\w.:-]+ \{$", f"http://127.0.0.1:{port} {{"))
    (own / "Caddyfile").write_text("{\n\tadmin off\n}\n" + text, encoding="utf-8")
    return [binary, "run", "--config", str(own / "Caddyfile"), "--adapter", "caddyfile"]


def _nginx(binary: str, published: Build, root: Path, own: Path, port: int) -> list[str]:
    text = _configured(published, root, "nginx.conf", (r"listen 80;", f"listen 127.0.0.1:{port};"))
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    folders = "".join(f"{kind}_temp_path {own}/{kind};\n" for kind in kinds)
    types = (
        "text/html html; text/javascript js; image/svg+xml svg; application/json json; text/xml xml; font/woff2 woff2;"
    )
    (own / "nginx.conf").write_text(
        f"user {'root' if os.geteuid() == 0 else 'nobody'};\ndaemon off;\npid {own}/pid;\nerror_log {own}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{folders}types {{ {types} }}\n{text}}}\n",
        encoding="utf-8",
    )
    return [binary, "-c", str(own / "nginx.conf"), "-p", str(own)]


def _wait(process: subprocess.Popen, port: int, said: Path) -> None:
    for _ in range(200):
        assert process.poll() is None, said.read_text()
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"the server does not answer: {said.read_text()}")


def ask(port: int, address: str, **headers: str) -> Answer:
    """Ask the server at `port` for `address`, as it is, following no redirect."""
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", address, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer

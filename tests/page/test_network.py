"""The page opened for the office's network: its addresses, its certificate, what it calls itself."""

import queue
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from reportgen.errors import WorkspaceError
from reportgen.page import serve
from reportgen.page.lan import Network, listen_at, name_host
from tests.conftest import Lay


@contextmanager
def served(root: Path, network: Network) -> Iterator[serve.OpenedPage]:
    opened: queue.Queue[serve.OpenedPage] = queue.Queue()
    thread = threading.Thread(
        target=serve.serve_page, args=(root, opened.put, 0, network), daemon=True
    )
    thread.start()
    page = opened.get(timeout=20)
    try:
        yield page
    finally:
        page.stop()
        thread.join(20)
    assert not thread.is_alive()


@pytest.fixture(autouse=True)
def _nothing_is_warmed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_warm_up", lambda _: None)
    monkeypatch.setattr(serve, "list_addresses", lambda: ["127.0.0.2"])


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Signed by itself, for the address that is served, and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("没有 openssl，跳过需要它的测试")
    place = tmp_path_factory.mktemp("certificate")
    cert, key = place / "cert.pem", place / "key.pem"
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-subj", "/CN=office", "-addext", "subjectAltName=IP:127.0.0.1,IP:127.0.0.2",
            "-keyout", key, "-out", cert,
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    return cert, key


def test_with_a_certificate_all_goes_encrypted(
    tmp_path: Path, own_certificate: tuple[Path, Path]
) -> None:
    cert, key = own_certificate
    with served(tmp_path, Network(cert, key)) as page:
        (link,) = page.links
        assert page.address.startswith("https://127.0.0.1:")
        assert link.startswith("https://127.0.0.2:")
        with httpx.Client(verify=ssl.create_default_context(cafile=cert)) as client:
            entered = client.get(page.address)
            assert "secure" in entered.headers["set-cookie"].lower()
            assert "工作目录" in client.get(page.address.partition("/?")[0] + "/folders").text
            assert client.get(f"{link}/assets/page.css").status_code == 200
        with pytest.raises(httpx.HTTPError):
            httpx.get(link.replace("https", "http") + "/assets/page.css")


def test_a_key_of_another_certificate_is_refused(
    tmp_path: Path, own_certificate: tuple[Path, Path]
) -> None:
    cert, key = own_certificate
    other = tmp_path / "other.pem"
    other.write_text(key.read_text().replace("M", "N", 5))
    for network in (Network(cert, other), Network(key, cert), Network(tmp_path / "none", key)):
        with pytest.raises(WorkspaceError, match="私钥与证书配对"):
            serve.serve_page(tmp_path, lambda _: None, 0, network)


@pytest.mark.parametrize("host", ["127.0.0.3", "::1"])
def test_it_is_served_at_the_address_asked_for_and_called_so(
    tmp_path: Path, lay_sample: Lay, host: str
) -> None:
    if ":" in host and not socket.has_ipv6:
        pytest.skip("没有 IPv6")
    with served(tmp_path, Network(hosts=[host])) as page:
        (link,) = page.links
        port = int(page.address.partition("/?")[0].rpartition(":")[2])
        assert link == f"http://{name_host(host, port)}"
        assert httpx.get(f"{link}/assets/page.css").status_code == 200
        strange = {"host": f"127.0.0.2:{port}"}
        assert httpx.get(f"{link}/assets/page.css", headers=strange).status_code == 421


@pytest.mark.parametrize("host", ["192.0.2.1", "0.0.0.0", "::", "没有这台.invalid"])
def test_what_is_no_address_of_this_machine_is_told(host: str) -> None:
    with pytest.raises(WorkspaceError, match="--host"):
        listen_at(host, 0)

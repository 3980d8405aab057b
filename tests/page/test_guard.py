"""Everything that another page, another machine or a stranger's file could try on the page."""

import asyncio
import io
import logging
import re
import zipfile
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from uvicorn.server import ServerState

from reportgen.page.guard import HEADERS
from reportgen.page.patience import PatientProtocol
from reportgen.page.serve import _configure
from reportgen.page.uploads import MANY, MOST
from tests.conftest import Lay
from tests.page.client import HERE, OF_NO_FOLDER, OWN, PORT, Client, endless

SCREENS = (
    "overview",
    "assign",
    "receive",
    "issues",
    "papers",
    "review",
    "report",
    "figure",
    "chart",
    "table",
    "picture",
    "file",
    "packed?under=填报",
)
ACTIONS = ("check", "assign", "receive", "build", "papers", "papers/templates", "review", "review/publish")  # fmt: skip


@pytest.fixture
def client(tmp_path: Path, lay_sample: Lay) -> Client:
    (tmp_path / "outside.txt").write_text("secret")
    lay_sample(tmp_path / "root" / "镇")
    return Client(tmp_path / "root").enter()


def files_of(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*"))


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"evil.example:{PORT}",
        "127.0.0.1",
        f"127.0.0.1.evil.example:{PORT}",
        f"127.0.0.1:{PORT + 1}",
        "",
    ],
)
def test_another_host_is_refused_even_with_the_cookie(client: Client, host: str) -> None:
    assert client.get("/f/镇/overview", host=host).status_code == 421
    assert client.get(f"/?token={client.guard.token}", host=host).status_code == 421


def test_nothing_is_answered_without_the_cookie(client: Client) -> None:
    client.cookies = {}
    addresses = [
        "/",
        "/folders",
        "/assets/page.css",
        "/jobs/1",
        *OF_NO_FOLDER,
        *(f"/f/镇/{name}" for name in SCREENS),
    ]
    assert {client.get(address).status_code for address in addresses} == {403}
    client.cookies = {f"reportgen-{PORT}": "guess"}
    assert {client.get(address).status_code for address in addresses} == {403}
    assert client.get("/?token=guess").status_code == 403
    assert client.post("/f/镇/build").status_code == 403
    assert {client.post(address).status_code for address in OF_NO_FOLDER} == {403}


def test_the_token_becomes_a_cookie_that_no_script_and_no_other_page_gets(client: Client) -> None:
    answer = client.get(f"/?token={client.guard.token}")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert answer.headers["location"] == "/"
    assert client.guard.token not in answer.headers["set-cookie"]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": f"http://evil.example:{PORT}"},
        {"origin": HERE, "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {},
    ],
)
def test_what_changes_something_must_come_from_a_page_of_ours(
    client: Client, headers: dict[str, str], tmp_path: Path
) -> None:
    before = files_of(tmp_path)
    for action in ACTIONS:
        assert client.ask("POST", f"/f/镇/{action}", headers).status_code == 403
    assert client.ask("POST", "/folders/create", headers, data={"name": "新"}).status_code == 403
    assert {client.ask("POST", each, headers).status_code for each in OF_NO_FOLDER} == {403}
    assert files_of(tmp_path) == before


def test_a_question_from_another_site_is_refused(client: Client) -> None:
    assert client.get("/f/镇/overview", **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert client.get("/f/镇/overview", **{"sec-fetch-site": "none"}).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "..%2Foutside.txt",
        "/etc/passwd",
        "填报/../../outside.txt",
        "....//outside.txt",
        "C:\\Windows\\win.ini",
        "\0",
        "output",
    ],
)
def test_a_name_in_the_address_is_no_path(client: Client, name: str) -> None:
    for screen in ("file", "report", "figure", "picture"):
        answer = client.ask(
            "GET", f"/f/镇/{screen}", {}, params={"name": name, "key": "建议.件数", "number": "0"}
        )
        assert answer.status_code == 404
        assert "secret" not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "folder", ["..", "%2E%2E", "..%2F镇", "%2Fetc", ".", "镇%2F填报", "镇/填报"]
)
def test_a_folder_in_the_address_is_one_of_those_listed(client: Client, folder: str) -> None:
    assert client.get(f"/f/{folder}/overview").status_code == 404


def test_a_link_out_of_the_folder_is_not_followed(client: Client, tmp_path: Path) -> None:
    inside = tmp_path / "root" / "镇"
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "root" / "away").symlink_to(inside.parent.parent)
    assert client.get("/f/镇/file?name=link.txt").status_code == 404
    assert client.get("/f/away/overview").status_code == 404
    assert client.get("/f/镇/file?name=填报/农业农村办公室.xlsx").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        "../../outside.txt",
        "..\\..\\outside.txt",
        "/tmp/x.xlsx",
        "CON.xlsx",
        "a\0b.cmd",
        "开始.cmd",
        "x.lnk",
    ],
)
def test_a_file_is_kept_inside_whatever_it_is_called(
    client: Client, sent: str, tmp_path: Path
) -> None:
    before = set(files_of(tmp_path))
    answer = client.post("/f/镇/receive", files=[("files", (sent, b"anything"))])
    assert "其他文件" in client.finish(answer).text
    added = [
        name for name in files_of(tmp_path) if name not in before and (tmp_path / name).is_file()
    ]
    assert len(added) == 1
    assert added[0].startswith("root/镇/收到/")
    assert not added[0].endswith((".cmd", ".lnk"))
    assert (tmp_path / "outside.txt").read_text() == "secret"


def test_every_answer_forbids_what_is_not_ours(client: Client) -> None:
    answers = [
        client.get("/f/镇/overview"),
        client.get("/nowhere"),
        client.get("/", host="x"),
        client.get("/f/镇/file?name=建议台账.xlsx"),
    ]
    for answer in answers:
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = HEADERS["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_no_template_has_a_script_or_style_of_its_own_or_anything_from_elsewhere() -> None:
    folder = files("reportgen.views")
    for part in ("templates", "assets"):
        for file in (folder / part).iterdir():
            text = file.read_text().replace("http://www.w3.org/2000/svg", "")
            assert not re.search(r"https?://|//cdn", text), file.name
            if part == "templates":
                assert not re.search(
                    r"<script(?! src=\"/assets/)|\son\w+=|\sstyle=|\|\s*safe\b", text
                ), file.name


def test_a_download_is_never_shown_as_a_page(client: Client, tmp_path: Path) -> None:
    (tmp_path / "root" / "镇" / "填报" / "x.html").write_text("<script>alert(1)</script>")
    answer = client.get("/f/镇/file?name=填报/x.html")
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_names_in_a_page_are_escaped(client: Client, tmp_path: Path) -> None:
    (tmp_path / "root" / "镇" / "填报" / "<img src=x onerror=alert(1)>.xlsx").write_bytes(
        b"no workbook"
    )
    for screen in ("issues", "assign"):
        text = client.get(f"/f/镇/{screen}").text
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text


# limits


def test_what_is_announced_as_too_large_is_refused_unread(client: Client) -> None:
    sent: list[int] = []
    headers = {
        **OWN,
        "content-length": str(300 << 20),
        "content-type": "multipart/form-data; boundary=x",
    }
    answer = client.ask("POST", "/f/镇/receive", headers, content=endless(b"x" * 2**20, 300, sent))
    assert answer.status_code == 413
    assert "没有接收" in answer.text
    assert not sent


def test_what_grows_too_large_is_refused_while_it_comes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.page.uploads.MOST", 5 << 20)
    head = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.xlsx"\r\n\r\n'
    sent: list[int] = []
    headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    pieces = endless(head + b"x" * 2**20, 300, sent)
    answer = client.ask("POST", "/f/镇/receive", headers, content=pieces)
    assert answer.status_code == 413
    assert len(sent) < 8
    assert MOST < 300 << 20


@pytest.mark.parametrize(
    "body", [b"", b"--x", b"--x\r\nnonsense", b"--y\r\n\r\n--y--", b"\0" * 1000]
)
def test_a_broken_form_is_a_message(client: Client, body: bytes) -> None:
    for kind in ("multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""):
        answer = client.ask("POST", "/f/镇/receive", {**OWN, "content-type": kind}, content=body)
        assert answer.status_code in {400, 415}
        assert "收" in answer.text


def test_too_many_files_are_refused(client: Client) -> None:
    many = [("files", (f"{number}.txt", b"x")) for number in range(MANY + 1)]
    assert client.post("/f/镇/receive", files=many).status_code == 400


@pytest.mark.parametrize("address", ["receive", "build"])
def test_what_no_longer_comes_is_not_waited_for(
    client: Client, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("reportgen.page.uploads.STALL", 0.05)

    async def stall() -> AsyncIterator[bytes]:
        yield b"--x\r\n"
        await asyncio.sleep(30)

    headers = {**OWN, "content-type": "multipart/form-data; boundary=x"}
    answer = client.ask("POST", f"/f/镇/{address}", headers, content=stall())
    assert answer.status_code == 408
    assert "没有接收完" in answer.text


def test_a_connection_that_says_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportgen.page.patience.HEAD", 0.1)

    async def hold(head: bytes) -> bytes:
        """What comes back before the end, of so much of a request."""
        config = _configure(Response("answered"), None)
        config.load()
        state = ServerState()
        server = await asyncio.get_running_loop().create_server(
            lambda: PatientProtocol(config, state, {}), "127.0.0.1", 0
        )
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(head)
        async with asyncio.timeout(5):
            came = await reader.read(1000)
        writer.close()
        server.close()
        return came

    assert asyncio.run(hold(b"")) == b""
    assert asyncio.run(hold(b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ")) == b""
    assert b"200 OK" in asyncio.run(hold(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"))


def test_a_long_form_is_refused(client: Client) -> None:
    assert client.post("/f/镇/build", content=b"name=" + b"x" * 200_000).status_code == 413


def test_a_bomb_is_kept_and_told(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook>" + " " * 400_000_000)
    answer = client.post(
        "/f/镇/receive", files=[("files", ("农业农村办公室.xlsx", packed.getvalue()))]
    )
    text = client.finish(answer).text
    assert "农业农村办公室.xlsx”：其他文件，没有读取" in text
    assert client.get("/f/镇/overview").status_code == 200


def test_no_traceback_reaches_the_browser(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: Request) -> None:
        raise RuntimeError("inner secret")

    client.app.router.routes.append(Route("/fail", fail))
    monkeypatch.setattr("reportgen.page.desk.reportgen.check", lambda *_, **__: 1 / 0)
    with caplog.at_level(logging.CRITICAL):
        answers = [client.get("/fail"), client.get("/f/镇/overview")]
    assert answers[0].status_code == 500
    for answer in answers:
        assert "这是软件的问题" in answer.text
        assert not re.search(
            "Traceback|inner secret|ZeroDivision|division|RuntimeError|\\.py", answer.text
        )

"""Departments behind their links: each gets its own and nothing else, and nothing they send is lost."""

import datetime as dt
import io
import json
import logging
import re
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportgen.page.lan import Brake, Lan
from tests.conftest import Lay
from tests.page.client import HERE, OF_NO_FOLDER, OWN, PORT, Client
from tests.support.letters import Round

A, B = "市场监督管理所", "农业农村办公室"
FAR = "192.0.2.77"
SCREENS = (
    "overview",
    "assign",
    "receive",
    "issues",
    "report",
    "verify",
    "papers",
    "review",
    "links",
)
WRONG = "这个链接不对"


@pytest.fixture
def folder(tmp_path: Path, lay_sample: Lay) -> Path:
    lay_sample(tmp_path / "root" / "镇")
    return tmp_path / "root" / "镇"


@pytest.fixture
def office(folder: Path) -> Client:
    """The office's window; a minute passes between any two looks at the clock of wrong codes."""
    minutes = count(0, 61)
    return Client(folder.parent, Lan([HERE], brake=Brake(lambda: float(next(minutes))))).enter()


def make_link(office: Client, owner: str) -> str:
    text = office.post("/f/镇/links", data={"owner": owner}).text
    return read_links(text)[owner]


def read_links(text: str) -> dict[str, str]:
    found = re.findall(r"<h3>(.+?)</h3>\s*<pre[^>]*>(.+?)</pre>", text)
    return {owner: link.removeprefix(HERE) for owner, link in found}


@pytest.fixture
def links(office: Client) -> dict[str, str]:
    """The links of A and B; from now on the client is on another machine, without the cookie."""
    found = {owner: make_link(office, owner) for owner in (A, B)}
    office.cookies, office.address = {}, FAR
    return found


def spoil(content: bytes, value: str = "去年夏天", cell: str = "M4") -> bytes:
    book = load_workbook(io.BytesIO(content))
    book["办理情况"][cell] = value
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def hand_in(client: Client, link: str, name: str, content: bytes) -> str:
    answer = client.post(f"{link}/hand-in", files=[("files", (name, content))])
    return client.follow(answer).text


def downloads(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="(/d/[^"]+)"', text)]


def kept(folder: Path, owner: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((folder / "网上交表" / owner).iterdir())]


def test_links_are_made_for_all_and_only_their_hashes_are_kept(
    office: Client, folder: Path
) -> None:
    links = read_links(office.post("/f/镇/links").text)
    assert len(links) == 5
    stored = (folder / "网上交表/链接.json").read_text()
    for owner, link in links.items():
        code = link.removeprefix("/d/")
        assert len(code) * 6 >= 80
        assert code not in stored
        assert owner in stored
    again = office.get("/f/镇/links").text
    assert not any(link in again for link in links.values())
    assert read_links(office.post("/f/镇/links").text) == {}  # all have one


def test_a_department_sees_its_own_state_files_and_deadlines(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    text = office.get(links[A]).text
    assert "已接收" in text
    assert "答复期限" in text
    assert set(re.findall(r"关于[^<]+", text)) == {"关于加强食品安全工作的建议"}  # its only item
    (form,) = downloads(text)[:1]
    answer = office.get(form)
    assert answer.content == (folder / f"填报/{A}.xlsx").read_bytes()
    others = [path.stem for path in (folder / "填报").iterdir() if path.stem != A]
    seen = [other for other in others if other in text]
    assert seen == []
    assert "建议台账" not in text
    assert str(folder.parent) not in text
    assert not re.search(r"root|/tmp|\\\\", text)


def test_its_mistakes_are_told_at_once_and_corrected_in_the_marked_copy(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    own = folder / f"填报/{A}.xlsx"
    good = own.read_bytes()
    own.unlink()
    text = hand_in(office, links[A], "我们填的.xlsx", spoil(good))
    assert "已收到，放入填报表" in text
    assert "还没有接收" in text
    assert "“去年夏天”不是日期" in text
    assert "去年夏天" not in office.get(links[B]).text
    (copy,) = [link for link in downloads(text) if "%E9%80%80%E6%94%B9" in link]  # 退改
    marked = office.get(copy).content
    text = hand_in(office, links[A], "改好.xlsx", spoil(marked, "2024-6-4"))
    assert "去年夏天”不是日期" not in text
    assert "<strong>已接收" in text
    assert len(kept(folder, A)) == 2


def test_it_sees_until_when_its_help_is_due(office: Client, links: dict[str, str]) -> None:
    text = office.get(links[B]).text
    assert "会办的" in text
    assert re.search("关于做好村庄环境集中攻坚[^<]+</td>\\s*<td[^>]*>2024-4-5<", text)
    assert "会办的" not in office.get(links[A]).text


def test_a_letter_is_laid_with_the_letters(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    assert "答复函（.docx）也在这里交" in office.get(links[A]).text
    letter = Round().to_bytes()
    text = hand_in(office, links[A], "../食品.docx", letter)
    assert "“食品.docx”：已收到，放入答复函，等交办机关审核。" in text
    assert (folder / f"答复函/{A}-食品.docx").read_bytes() == letter
    assert kept(folder, A) == [letter]


def test_what_is_said_to_the_office_alone_is_not_shown(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    own = folder / f"填报/{A}.xlsx"
    content = own.read_bytes()
    own.unlink()
    assert "没有采用" not in hand_in(office, links[A], "x.xlsx", spoil(content, "另一个标题", "B4"))
    text = office.get(links[A]).text
    assert "交办时为" in text
    assert "台账" not in text


def test_an_item_that_did_not_come_back_is_told_without_the_register(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    path = folder / f"填报/{B}.xlsx"
    book = load_workbook(path)
    book["办理情况"].delete_rows(4)
    book.save(path)
    text = office.get(links[B]).text
    assert "没有报回" in text
    assert "请向交办机关要补充表" in text
    assert "台账" not in text
    assert "没有报回" not in office.get(links[A]).text


def test_marked_copies_are_there_though_the_office_has_received_something_since(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    path = folder / f"填报/{A}.xlsx"
    path.write_bytes(spoil(path.read_bytes()))
    assert "标明错处的副本　" in office.get(links[A]).text
    (folder / "填报/别的.xlsx").write_bytes(b"x")
    assert "标明错处的副本　" in office.get(links[A]).text


def test_one_department_gets_nothing_of_another(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    for owner in (A, B):
        content = (folder / f"填报/{owner}.xlsx").read_bytes()
        (folder / f"填报/{owner}.xlsx").unlink()
        hand_in(office, links[owner], "x.xlsx", spoil(content, f"{owner}的错"))
    own = {owner: downloads(office.get(links[owner]).text) for owner in (A, B)}
    assert min(map(len, own.values())) == 2
    for mine, theirs in ((A, B), (B, A)):
        assert f"{theirs}的错" not in office.get(links[mine]).text
        for address in own[theirs]:
            swapped = address.replace(links[theirs], links[mine])
            assert swapped != address
            assert office.get(address).status_code == 200
            assert office.get(swapped).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["建议台账.xlsx", "../建议台账.xlsx", "output/输出记录.json", f"填报/{B}.xlsx", "网上交表/链接.json", "/etc/passwd", "\0"],
)  # fmt: skip
def test_no_other_file_is_fetched_behind_a_link(
    office: Client, links: dict[str, str], name: str
) -> None:
    answer = office.ask("GET", f"{links[A]}/file", {}, params={"name": name})
    assert answer.status_code == 404


def test_the_offices_side_is_not_for_departments(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    before = sorted(folder.rglob("*"))
    code = links[A].removeprefix("/d/")
    reading = ["/", "/folders", f"/?token={code}", "/jobs/1"]
    reading += [
        f"/f/镇/{screen}" for screen in (*SCREENS, "file?name=建议台账.xlsx", "packed?under=填报")
    ]
    reading += OF_NO_FOLDER
    changing = ["/stop", "/folders/create", *OF_NO_FOLDER, *(f"/f/镇/{name}" for name in ("links", "receive", "build", "check"))]  # fmt: skip
    for address in (FAR, "127.0.0.1"):  # from elsewhere, and by somebody at this machine
        office.address = address
        for cookie in ({}, {f"reportgen-{PORT}": code}):
            office.cookies = dict(cookie)
            assert {office.get(each).status_code for each in reading} == {403}
            assert {office.post(each).status_code for each in changing} == {403}
    assert sorted(folder.rglob("*")) == before


def test_even_the_offices_token_and_cookie_open_nothing_from_another_machine(
    office: Client,
) -> None:
    office.address = FAR
    assert office.get("/f/镇/overview").status_code == 403
    assert office.get(f"/?token={office.guard.token}").status_code == 403


def test_links_and_their_screen_are_there_only_when_asked_for(folder: Path) -> None:
    client = Client(folder.parent).enter()
    assert "/f/%E9%95%87/links" not in client.get("/f/镇/overview").text
    assert client.get("/f/镇/links").status_code == 404
    assert client.get("/d/anything").status_code == 404
    client.cookies = {}
    assert client.get("/d/anything").status_code == 403
    assert client.get("/assets/page.css").status_code == 403


# codes


def test_a_renewed_code_makes_the_old_one_dead(office: Client) -> None:
    old, other = make_link(office, A), make_link(office, B)
    new = make_link(office, A)
    assert new != old
    answer = office.get(old)
    assert answer.status_code == 403
    assert WRONG in answer.text
    assert office.post(f"{old}/hand-in", files=[("files", ("x.xlsx", b"x"))]).status_code == 403
    assert office.get(new).status_code == office.get(other).status_code == 200


def test_a_wrong_code_is_logged_without_it_and_slows_the_next(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    now = [0.0]
    office = Client(folder.parent, Lan([HERE], brake=Brake(lambda: now[0]))).enter()
    link = make_link(office, A)
    office.address = FAR
    with caplog.at_level(logging.CRITICAL):
        assert office.get("/d/guess").status_code == 403
    assert office.get("/d/guess").status_code == 429
    assert office.get(link).status_code == 429  # not even a right one tells that it is right
    office.address = "192.0.2.78"
    assert office.get(link).status_code == 200  # others do not suffer
    office.address, now[0] = FAR, 1.5
    assert office.get("/d/guess2").status_code == 403
    now[0] = 3.0
    assert office.get(link).status_code == 429  # longer than the first time
    now[0] = 3.6
    assert office.get(link).status_code == 200
    lines = (folder.parent / "网上交表/错误链接.jsonl").read_text().splitlines()
    assert [json.loads(line)["来自"] for line in lines] == [FAR, FAR]
    assert "guess" not in "".join(lines)


def test_the_brake_grows_to_a_minute_and_forgets() -> None:
    now = [0.0]
    brake = Brake(lambda: now[0])
    for _ in range(20):
        brake.note("x")
    now[0] = 59
    assert not brake.allows("x")
    now[0] = 60
    assert brake.allows("x")
    now[0] = 5000
    brake.note("x")
    now[0] = 5001
    assert brake.allows("x")


@pytest.mark.parametrize(
    "stored", ["", "[]", "{", '{"链接": {"市场监督管理所": 3}}', '{"链接": 1}']
)
def test_a_damaged_list_of_links_opens_nothing(
    office: Client, links: dict[str, str], folder: Path, stored: str
) -> None:
    (folder / "网上交表/链接.json").write_text(stored)
    assert office.get(links[A]).status_code == 403
    assert office.get("/d/").status_code in {403, 404}


# uploads


def test_every_upload_is_kept_even_the_same_twice(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    content = (folder / f"填报/{A}.xlsx").read_bytes()
    assert "完全一样" in hand_in(office, links[A], "a.xlsx", content)
    assert "完全一样" in hand_in(office, links[A], "a.xlsx", content)
    assert kept(folder, A) == [content, content]
    lines = (folder / "网上交表/记录.jsonl").read_text().splitlines()
    told = [json.loads(line) for line in lines]
    assert [each["部门"] for each in told] == [A, A]
    assert len({each["SHA-256"] for each in told}) == 1
    assert dt.datetime.fromisoformat(told[0]["时间"]) < dt.datetime.fromisoformat(told[1]["时间"])
    assert [path.name for path in (folder / "填报").glob(f"{A}*")] == [f"{A}.xlsx"]


def test_the_return_of_another_department_is_kept_but_not_taken(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    before = {path: path.read_bytes() for path in (folder / "填报").iterdir()}
    theirs = spoil((folder / f"填报/{B}.xlsx").read_bytes())
    text = hand_in(office, links[A], f"{A}.xlsx", theirs)
    assert f"这不是{A}的填报表" in text
    assert B not in text
    assert {path: path.read_bytes() for path in (folder / "填报").iterdir()} == before
    assert kept(folder, A) == [theirs]


@pytest.mark.parametrize(
    "sent", ["../../x.xlsx", "..\\..\\x.xlsx", "/tmp/x.xlsx", "CON.xlsx", "a.cmd", "\u202ex.exe"]
)
def test_what_is_no_return_is_kept_under_our_name_only(
    office: Client, links: dict[str, str], folder: Path, sent: str, tmp_path: Path
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    text = hand_in(office, links[A], sent, b"anything")
    assert "读不出来，没有采用" in text
    added = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    (one,) = [path for path in added if path.parent.name == A]
    assert re.fullmatch(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{16}\.(xlsx|收到)", one.name)
    places = {path.relative_to(folder).parts[0] for path in added}
    assert places == {"网上交表"}  # kept and logged


def test_the_register_is_not_taken_from_a_department(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    content = (folder / "建议台账.xlsx").read_bytes()
    changed = io.BytesIO()
    book = load_workbook(io.BytesIO(content))
    book["承办部门"]["A1"] = "改过"
    book.save(changed)
    assert "不是发出的填报表（台账）" in hand_in(
        office, links[A], "建议台账.xlsx", changed.getvalue()
    )
    assert (folder / "建议台账.xlsx").read_bytes() == content
    assert not (folder / "收到").exists()


def test_too_much_is_refused_and_nothing_kept(
    office: Client, links: dict[str, str], folder: Path
) -> None:
    many = [("files", (f"{n}.xlsx", b"x")) for n in range(11)]
    assert office.post(f"{links[A]}/hand-in", files=many).status_code == 400
    headers = {**OWN, "content-length": str(21 << 20), "content-type": "multipart/form-data; boundary=x"}  # fmt: skip
    answer = office.ask("POST", f"{links[A]}/hand-in", headers, content=b"x")
    assert answer.status_code == 413
    assert "20MB" in answer.text
    assert not (folder / "网上交表" / A).exists()


def test_a_full_place_is_told(
    office: Client, links: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportgen.commands.desk.hand_in.MOST_KEPT", 1)
    hand_in(office, links[A], "a.xlsx", b"x")
    answer = office.post(f"{links[A]}/hand-in", files=[("files", ("a.xlsx", b"y"))])
    assert answer.status_code == 429
    assert "没有接收" in answer.text


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, {"origin": "null"}])
def test_another_page_cannot_hand_in(
    office: Client, links: dict[str, str], headers: dict[str, str]
) -> None:
    answer = office.ask("POST", f"{links[A]}/hand-in", headers, files=[("files", ("x.xlsx", b"x"))])
    assert answer.status_code == 403
    assert office.get(links[A], host="evil.example").status_code == 421


def test_a_fault_tells_a_department_no_place_of_ours(
    office: Client, links: dict[str, str], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "建议台账.xlsx").write_bytes(b"damaged")
    with caplog.at_level(logging.CRITICAL):
        answer = office.get(links[A])
    assert answer.status_code >= 400 or "台账" not in answer.text
    assert str(folder.parent) not in answer.text


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    with caplog.at_level(logging.CRITICAL):
        yield

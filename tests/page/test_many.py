"""汇总: all working folders below one, rolled up, built one by one, looked at and verified from the page."""

import asyncio
import io
import os
import re
import sys
import threading
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook

from reportgen.commands.many import batch, county
from reportgen.commands.many.folder_report import FolderReport, Outcome
from reportgen.commands.many.worker_pool import run_tasks
from reportgen.page import answers, serve
from reportgen.page.lan import Lan
from reportgen.page.worker import HaltedError, Job, Said, Worker
from reportgen.steps import speak_as_page, speaks_as_page
from tests.page.client import HERE, Client
from tests.page.many_folders import BAD, EAST, WEST, lay_towns

REPORT = "output/2024年度人大代表建议办理情况汇总报告.docx"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No processes of its own for three folders."""
    monkeypatch.setattr(county, "count_workers", lambda *_: 0)
    monkeypatch.setattr(batch, "count_workers", lambda *_: 0)


@pytest.fixture
def root(tmp_path: Path, sample_folder: Path) -> Path:
    """Three towns, see ``lay_towns``."""
    lay_towns(tmp_path / "县", sample_folder)
    return tmp_path / "县"


@pytest.fixture
def client(root: Path) -> Client:
    return Client(root).enter()


def links(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', text)]


def rows_of(text: str) -> dict[str, list[str]]:
    """By folder, what the table says of its roll-up and of its own report."""
    body = text.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [
        [re.sub(r"<[^>]+>", " ", cell).split() for cell in re.split(r"</t[hd]>", row)[:3]]
        for row in body.split("</tr>")[:-1]
    ]
    return {" ".join(name): [" ".join(one), " ".join(two)] for name, one, two in rows}


def roll_up(client: Client, **fields: str) -> str:
    """The report's screen, once it is made."""
    return client.follow(client.finish(client.post("/all/rollup", data=fields))).text


def test_folders_at_any_depth_become_one_report_each_figure_with_its_units_and_cells(
    client: Client, root: Path
) -> None:
    rows = rows_of(client.get("/all/rollup").text)
    assert rows == {each: ["还没有汇总", "还没有生成"] for each in (EAST, BAD, WEST)}
    text = roll_up(client)
    assert "计入2个单位，没有计入1个" in text
    assert '建议<a class="figure"' in text
    assert "没有计入汇总的单位" in text  # the report itself
    (total,) = {
        each for each in links(text) if "key=%E5%BB%BA%E8%AE%AE.%E4%BB%B6%E6%95%B0" in each
    }  # 建议.件数
    shown = client.get(total).text
    assert "建议.件数＝14件" in shown
    assert {"单位.永安镇.建议.件数＝7件", "单位.太平镇.建议.件数＝7件"} <= set(
        re.findall(r">([^<]+＝7件)<", shown)
    )
    (unit,) = [each for each in links(shown) if "figure?" in each and "%E6%B0%B8%E5%AE%89" in each]
    shown = client.get(unit).text
    assert f"{EAST}/建议台账.xlsx</bdi>“建议台账”表" in shown
    assert shown.count('class="marked short">建议</td>') == 7
    for kind in ("chart", "table", "picture"):
        address = next(
            each
            for each in [*links(text), *map(unescape, re.findall(r'src="([^"]+)"', text))]
            if f"/all/{kind}?" in each
        )
        assert client.get(address).status_code == 200

    screen = client.get("/all/rollup").text
    rows = rows_of(screen)
    assert rows[EAST][0] == rows[WEST][0] == "计入"
    assert rows[BAD][0].startswith("没有计入 “建议台账.xlsx”不能使用")
    own = [each for each in links(screen) if each.endswith("/overview")]
    screens = [f"/f/{each}/overview" for each in (EAST, BAD, WEST)]  # each has its own
    assert list(map(unquote, own)) == screens
    assert "可以生成报告" in client.get(own[0]).text
    assert "不能使用" in client.get(own[1]).text
    (summary,) = [
        each for each in links(screen) if "%E6%B1%87%E6%80%BB%E7%BB%93%E6%9E%9C" in each
    ]  # 汇总结果
    assert load_workbook(io.BytesIO(client.get(summary).content)).active["A2"].value == EAST

    path = root / WEST / "建议台账.xlsx"
    os.utime(path, (2e9, 2e9))
    rows = rows_of(client.get("/all/rollup").text)
    assert rows[WEST][0] == "计入 ，以后改过，请再汇总"
    assert rows[EAST][0] == "计入"
    moved = (root / EAST).rename(root.parent / "移走")
    assert client.get(own[0]).status_code == 404
    (root / EAST).symlink_to(moved)
    assert client.get(own[0]).status_code == 404
    (root / EAST).unlink()
    moved.rename(root / EAST)
    again = Client(root).enter()  # the page opened anew knows the last run
    assert rows_of(again.get("/all/rollup").text) == rows


def test_each_folder_gets_its_own_report_and_a_bad_one_stops_none(
    client: Client, root: Path
) -> None:
    text = client.finish(client.post("/all/batch")).text
    assert "工作目录3个：新生成2份，没有变化、沿用上次的0份，没有生成1份。" in text
    rows = rows_of(text)
    assert rows[EAST][1] == rows[WEST][1] == "已生成 下载"
    assert rows[BAD][1].startswith("不能生成 “建议台账.xlsx”不能使用")
    (packed,) = [each for each in links(text) if "/packed?" in each]
    with zipfile.ZipFile(io.BytesIO(client.get(packed).content)) as archive:
        names = sorted(archive.namelist())
    assert [name.rpartition("/")[0] for name in names] == [EAST, WEST, ""]
    assert names[-1] == "批量结果.xlsx"
    reports = [each for each in links(text) if "/file?" in each and each.endswith(".docx")]
    assert [client.get(each).content[:2] for each in reports] == [b"PK"] * 2
    again = client.finish(client.post("/all/batch")).text
    assert "新生成0份，没有变化、沿用上次的2份，没有生成1份" in again
    assert rows_of(again)[EAST][1].startswith("没有变化")
    assert list(client.office.folders) == [BAD, WEST]  # results are no working folders


@pytest.mark.parametrize("spoilt", [b"", b"no workbook", pytest.param(None, id="other headings")])
def test_a_result_that_somebody_has_spoilt_says_nothing(
    client: Client, root: Path, spoilt: bytes | None
) -> None:
    out = root / "output"
    out.mkdir()
    book = Workbook()
    for row in ((), ("说明", "工作目录"), ("好", EAST)):
        book.active.append(row)
    for path in (out / "汇总结果.xlsx", out / "各单位/批量结果.xlsx"):
        path.parent.mkdir(exist_ok=True)
        book.save(path)
        if spoilt is not None:
            path.write_bytes(spoilt)
    rows = rows_of(client.get("/all/rollup").text)
    assert rows == {each: ["还没有汇总", "还没有生成"] for each in (EAST, BAD, WEST)}


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A batch of four folders that waits at the first until the event is set."""
    go_on = threading.Event()

    def run(*_: object, tell: batch.TellFolder) -> None:
        for number in range(4):
            report = FolderReport(f"{number}镇", Outcome.BUILT)
            tell(report, 4)
            assert go_on.wait(20)
        raise AssertionError("was not stopped")

    monkeypatch.setattr("reportgen.page.actions.many.reportgen.batch", run)
    monkeypatch.setattr(answers, "QUICK", 0.1)
    yield go_on
    go_on.set()


def test_a_long_run_is_watched_and_stopped_while_everything_else_goes_on(
    client: Client, waiting: threading.Event
) -> None:
    first = client.post("/all/batch").headers["location"]
    for action in ("batch", "rollup"):  # two clicks start no two runs, nor two runs at once
        assert client.post(f"/all/{action}").headers["location"] == first
    assert [job.name for job in client.office.worker.jobs.values()] == ["逐个生成报告"]
    for address in ("/all/rollup", first):  # whoever comes back sees how far it is
        text = client.get(address).text
        assert "逐个生成报告正在进行" in text
        assert text.count("<button disabled>") == 2
        assert ">1/4　0镇<" in text
    assert client.get("/jobs/1").json() == {"done": 1, "total": 4, "step": "1/4　0镇", "finished": False}  # fmt: skip
    assert "可以生成报告" in client.get(f"/f/{WEST}/overview").text
    assert client.post("/all/verify", data={"name": REPORT}).status_code == 404

    stopping = client.post("/all/halt")
    assert "正在停下" in client.follow(stopping).text
    waiting.set()
    text = client.finish(stopping).text
    assert "逐个生成报告没有完成" in text
    assert "已停下" in text
    assert "<button disabled>" not in text
    assert client.post("/all/halt").headers["location"] == "/all/rollup"  # nothing to stop


def test_the_page_ends_in_the_midst_of_a_long_run(client: Client, waiting: threading.Event) -> None:
    client.post("/all/batch")
    threading.Timer(0.05, waiting.set).start()
    client.office.worker.stop()
    (job,) = client.office.worker.jobs.values()
    assert "已停下" in job.problem[0]


def test_a_page_that_nobody_looks_at_stays_while_a_long_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve, "TICK", 0.0)
    ends: list[int] = []
    busy = iter([True] * 500)
    presence = serve._Presence(lambda *_: None, lambda: next(busy, False))
    asyncio.run(presence.watch(lambda: ends.append(len(list(busy)))))
    assert ends == [0]


def test_a_job_that_runs_is_never_forgotten() -> None:
    worker, go_on = Worker(), threading.Event()
    job = worker.start_aside("长", lambda _: go_on.wait(20), lambda _: Said())
    for _ in range(60):
        worker.start("短", lambda _: None).future.result(20)
    assert worker.jobs[job.number] is job
    assert len(worker.jobs) < 60
    go_on.set()
    worker.stop()


def test_a_job_that_is_stopped_says_so_at_its_next_step() -> None:
    job = Job(1, "长")
    job.tell(1, 2, "甲")
    job.halt()
    with pytest.raises(HaltedError, match="已停下"):
        job.tell(2, 2, "乙")
    assert job.step == "正在停下"


def test_title_signer_and_date_come_from_the_settings(client: Client, root: Path) -> None:
    path = root / "汇总设置.xlsx"
    text = client.finish(client.post("/all/settings/blank")).text
    assert "已写出空白的" in text
    (blank,) = [
        each for each in links(text) if "%E6%B1%87%E6%80%BB%E8%AE%BE%E7%BD%AE" in each
    ]  # 汇总设置
    book = load_workbook(io.BytesIO(client.get(blank).content))
    sheet, before = book["基本信息"], path.read_bytes()
    cells = {row[0].value: row[1] for row in sheet.iter_rows() if len(row) > 1}
    for name, value in {
        "单位名称": "永和县",
        "署名": "永和县人民政府办公室",
        "成文日期": "后天",
    }.items():
        cells[name].value = value
    packed = io.BytesIO()
    book.save(packed)
    for sent in ("建议台账.xlsx", "说明.docx"):
        content = (root / EAST / "建议台账.xlsx").read_bytes() if sent.endswith("xlsx") else b"x"
        answer = client.finish(client.post("/all/settings", files=[("files", (sent, content))]))
        assert "没有收下" in answer.text
        assert path.read_bytes() == before
    filled = [("files", ("汇总设置（填好）.xlsx", packed.getvalue()))]
    text = client.finish(client.post("/all/settings", files=filled)).text
    assert "“汇总设置.xlsx”已收下" in text
    assert "“后天”不是日期" in text
    assert path.read_bytes() == packed.getvalue()
    assert (root / "收到/换下/汇总设置.xlsx").read_bytes() == before
    text = roll_up(client, template="on")
    assert "永和县2024年度" in text
    assert "永和县人民政府办公室" in text
    assert "“后天”不是日期" in client.get("/all/rollup").text
    assert "汇总模板.docx" in client.get("/all/report").text
    assert (root / "汇总模板.docx").is_file()


def test_an_edited_roll_up_is_verified_renewed_and_made_final(client: Client, root: Path) -> None:
    roll_up(client)
    document = Document(str(root / REPORT))
    target = next(p for p in document.paragraphs if p.text.startswith("每件议案"))
    target.add_run("全年共办理建议9件。")
    packed = io.BytesIO()
    document.save(packed)
    sent = [("files", ("改过.docx", packed.getvalue()))]
    text = client.finish(client.post("/all/verify/drop", files=sent)).text
    assert "全年共办理建议9件" in text
    assert "手工写的数字" in text
    name = {"name": "收到/改过.docx"}
    assert "没有定稿" in client.finish(client.post("/all/finalize", data=name)).text
    text = client.finish(client.post("/all/refresh", data=name)).text
    assert "人工修改都保留，另存为“改过（更新）.docx”" in text
    text = client.finish(client.post("/all/finalize", data={"name": REPORT})).text
    assert "已定稿" in text
    before = sorted(root.rglob("*"))
    answer = client.post("/all/verify/drop", files=[("files", ("别的.docx", b"x"))])
    assert "“别的.docx”不能使用" in client.finish(answer).text
    assert sorted(root.rglob("*")) == before


def test_where_there_is_nothing_to_roll_up_it_is_said(tmp_path: Path, root: Path) -> None:
    single = Client(root / WEST).enter()
    assert ">汇总<" not in single.get("/folders").text
    for address in ("/all/rollup", "/all/report", "/all/file?name=建议台账.xlsx"):
        answer = single.get(address)
        assert answer.status_code == 404
        assert "在放着各个工作目录的文件夹上打开" in answer.text
    assert single.post("/all/batch").status_code == 404
    (tmp_path / "空").mkdir()
    empty = Client(tmp_path / "空").enter()
    assert "找到的工作目录有0个" in empty.get("/all/rollup").text
    assert "没有完成" in empty.finish(empty.post("/all/rollup")).text
    assert list((tmp_path / "空").iterdir()) == []
    (tmp_path / "空/报告模板.docx").write_bytes(b"x")
    assert "被当成了一个工作目录" in empty.get("/all/rollup").text
    assert empty.get("/f/./overview").status_code == 404
    bad = Client(root / BAD / "..").enter()
    for each in (EAST, WEST):
        (root / each / "建议台账.xlsx").write_bytes(b"x")
    text = bad.finish(bad.post("/all/rollup")).text
    assert "没有一个可以计入汇总" in text
    assert not (root / "output").exists()


def test_links_are_made_only_where_departments_are_looked_up(root: Path) -> None:
    office = Client(root, Lan([HERE])).enter()
    office.get("/all/rollup")
    for name, status in ((WEST, 200), (EAST, 404)):
        text = office.get(f"/f/{quote(name, safe='')}/overview").text
        assert ("链接" in text) == (status == 200)
        assert office.get(f"/f/{quote(name, safe='')}/links").status_code == status


class Door:
    """A task that tells by which door it was asked for."""

    name = "镇"

    def run(self) -> bool:
        return speaks_as_page()

    def explain_death(self, seconds: float, *, too_long: bool) -> bool:
        raise AssertionError(seconds, too_long)


def test_what_other_processes_say_is_said_in_the_words_of_the_page() -> None:
    found = list[bool]()

    def ask() -> None:
        speak_as_page()
        found.extend(run_tasks([Door()], 1))

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join(20)
    assert found == [True]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are text there")
def test_a_folder_with_a_garbled_name_has_no_screens_but_is_told_of(root: Path) -> None:
    garbled = root / os.fsdecode("乱码镇".encode("gbk"))
    (root / WEST).rename(garbled)
    (garbled / os.fsdecode("乱码.xlsx".encode("gbk"))).write_bytes(b"PK")
    client = Client(root).enter()
    assert "乱码镇" not in client.get("/").text
    shown = client.finish(client.post("/all/batch")).text
    assert "“乱码镇”的名称是乱码" in " ".join(rows_of(shown)["乱码镇"])

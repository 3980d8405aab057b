"""``batch``: many folders; a bad one, a dead process or a killed run costs no other report."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import reportgen
from reportgen import reports
from reportgen.cli.commands import commands
from reportgen.commands.many import worker_pool
from reportgen.commands.many.folder_report import Outcome
from reportgen.errors import WorkspaceError
from reportgen.processes import start_interpreter
from tests.commands.test_second_kind import ANSWERS, change, lay_register
from tests.support.dying_worker import DEADLY
from tests.support.tiny_kind import LAMPS

REGISTER = "建议台账.xlsx"


def lay_town(folder: Path, sample: Path) -> Path:
    """A town's folder: the sample's register and returns."""
    folder.mkdir(parents=True)
    shutil.copy(sample / REGISTER, folder)
    shutil.copytree(sample / "填报", folder / "填报")
    return folder


def lay_bad_towns(root: Path, sample: Path) -> Mapping[str, Outcome]:
    """Folders of which no report can be made, each for another reason; what becomes of them."""
    (lay_town(root / "县" / "无台账", sample) / REGISTER).unlink()
    (lay_town(root / "县" / "台账坏了", sample) / REGISTER).write_bytes(b"PK\x03\x04broken")
    (lay_town(root / "县" / "模板坏了", sample) / "报告模板.docx").write_bytes(b"no document")
    (lay_town(root / "县" / "缺一份", sample) / "填报" / "农业农村办公室.xlsx").unlink()
    garbled = sys.platform == "linux"  # elsewhere names are text
    if garbled:
        lay_town(root / os.fsdecode("乱码镇".encode("gbk")), sample)
    return {
        **({"乱码镇": Outcome.IMPOSSIBLE} if garbled else {}),
        "县/无台账": Outcome.IMPOSSIBLE, "县/台账坏了": Outcome.IMPOSSIBLE,
        "县/模板坏了": Outcome.IMPOSSIBLE, "县/缺一份": Outcome.FAULTY,
    }  # fmt: skip


def outcomes(done: object) -> dict[str, Outcome]:
    return {each.folder: each.outcome for each in done.reports}  # type: ignore[attr-defined]


def test_bad_folders_are_explained_and_stop_no_other(sample_folder: Path, tmp_path: Path) -> None:
    root, out = tmp_path / "全县", tmp_path / "结果"
    for name in ("县/甲镇", "县/乙镇", "丙镇"):
        lay_town(root / name, sample_folder)
    bad = lay_bad_towns(root, sample_folder)
    told: list[tuple[str, int]] = []
    done = reportgen.batch(
        root, out, workers=0, tell=lambda each, total: told.append((each.folder, total))
    )
    sound = dict.fromkeys(("县/甲镇", "县/乙镇", "丙镇"), Outcome.BUILT)
    assert outcomes(done) == {**sound, **bad}
    assert sorted(told) == sorted((name, 3 + len(bad)) for name in {**sound, **bad})
    assert all(each.errors and each.error_count for each in done.failed)
    for name in bad:
        assert list((out / name).rglob("*.docx")) == []
    for name in sound:
        (report,) = (out / name).glob("*报告.docx")
        assert reportgen.verify(report, root / name).findings == []
        with zipfile.ZipFile(report) as archive:
            assert any(entry.startswith("word/charts/") for entry in archive.namelist())
    check_summary(out, {**sound, **bad})


def check_summary(out: Path, expected: Mapping[str, Outcome]) -> None:
    sheet = openpyxl.load_workbook(out / "批量结果.xlsx").active
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert {name: row[1].value for name, row in rows.items()} == expected
    for name, row in rows.items():
        if expected[name] is Outcome.BUILT:
            assert (
                out / row[6].hyperlink.target.replace("\\", "/")
            ).is_file()  # as Excel writes it
        else:
            assert row[4].value


def test_what_has_not_changed_is_not_made_again(sample_folder: Path, tmp_path: Path) -> None:
    root, out = tmp_path / "全县", tmp_path / "结果"
    towns = {name: lay_town(root / name, sample_folder) for name in ("甲", "乙", "丙", "丁")}
    reportgen.batch(root, out, workers=0)
    made = {path: path.stat().st_mtime_ns for path in out.rglob("*报告.docx")}
    change(towns["乙"] / REGISTER, {"B5": "另一个镇政府"}, "基本信息")
    next((out / "丙").glob("*报告.docx")).unlink()
    (towns["丁"] / REGISTER).rename(towns["丁"] / "台账.xlsx")
    done = outcomes(reportgen.batch(root, out, workers=0))
    assert done.pop("乙") in {Outcome.BUILT, Outcome.FAULTY}
    assert done == {"甲": Outcome.UNCHANGED, "丙": Outcome.BUILT, "丁": Outcome.BUILT}
    (first,) = (out / "甲").glob("*报告.docx")
    assert first.stat().st_mtime_ns == made[first]
    check_kept = json.loads((out / "批量记录.jsonl").read_text("utf-8").splitlines()[0])
    assert check_kept["outcome"] == "已生成"
    again = reportgen.batch(root, out, charts="picture", workers=0)
    assert outcomes(again)["甲"] is Outcome.BUILT


def test_a_process_that_dies_is_told_of_its_folder(
    sample_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "全县"
    for name in ("甲", DEADLY, "乙"):
        lay_town(root / name, sample_folder)
    monkeypatch.setattr(
        worker_pool, "start_interpreter", lambda _: start_interpreter("tests.support.dying_worker")
    )
    done = reportgen.batch(root, tmp_path / "结果", workers=1)
    assert outcomes(done) == {
        "甲": Outcome.BUILT, DEADLY: Outcome.BROKEN, "乙": Outcome.BUILT,
    }  # fmt: skip
    assert "请单独生成" in done.failed[0].errors[0]


def test_a_killed_run_goes_on_where_it_was(sample_folder: Path, tmp_path: Path) -> None:
    root, out = tmp_path / "全县", tmp_path / "结果"
    for number in range(4):
        lay_town(root / f"镇{number}", sample_folder)
    command = [
        sys.executable,
        "-m",
        "reportgen",
        "batch",
        str(root),
        "-o",
        str(out),
        "--workers",
        "2",
    ]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = out / "批量记录.jsonl"
    while not log.exists() or len(log.read_bytes().splitlines()) < 2:
        assert running.poll() is None
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    running.wait()
    before = wait_for_rest(out)
    with log.open("ab") as stream:
        stream.write(b'{"folder": "half a li')
    done = reportgen.batch(root, out, workers=2)
    kept = sum(each.outcome is Outcome.UNCHANGED for each in done.reports)
    assert kept >= 2
    assert done.failed == []
    assert len(list(out.rglob("*报告*.docx"))) == 4, "none twice, none put aside"
    for path, content in before.items():
        assert path.read_bytes() == content


def wait_for_rest(out: Path) -> dict[Path, bytes]:
    """What is there once the workers have ended, which is when nothing more comes; all of it whole."""
    seen: list[Path] = []
    while seen != (seen := sorted(out.rglob("*.docx"))) or not seen:
        time.sleep(0.5)
    found = {path: path.read_bytes() for path in seen}
    for content in found.values():
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    return found


def test_folders_are_found_at_any_depth_and_results_are_none(
    sample_folder: Path, tmp_path: Path
) -> None:
    lay_town(tmp_path / "市" / "县" / "镇", sample_folder)
    (tmp_path / "别的").mkdir()
    done = reportgen.batch(tmp_path, tmp_path / "结果", workers=0)
    assert [each.folder for each in done.reports] == ["市/县/镇"]
    assert [
        each.folder for each in reportgen.batch(tmp_path, tmp_path / "结果", workers=0).reports
    ] == ["市/县/镇"]


@pytest.mark.parametrize("there", [True, False])
def test_no_folder_is_told(tmp_path: Path, there: bool) -> None:
    root = tmp_path / "空"
    if there:
        root.mkdir()
    with pytest.raises(WorkspaceError, match="工作目录"):
        reportgen.batch(root, tmp_path / "结果")


def test_another_kind_and_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))
    folder = tmp_path / "全县" / "临江镇"
    folder.mkdir(parents=True)
    lay_register(folder)
    reportgen.assign(folder)
    arguments = ["batch", str(tmp_path / "全县"), "-o", str(tmp_path / "结果"), "--workers", "0"]
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 1
    assert "没有生成1份" in done.output
    for file, cells in ANSWERS.items():
        change(folder / file, cells)
    done = CliRunner().invoke(commands, arguments)
    assert done.exit_code == 0, done.output
    assert "新生成1份" in done.output
    assert list((tmp_path / "结果" / "临江镇").glob("*.docx"))

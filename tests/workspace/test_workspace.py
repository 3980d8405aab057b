"""Nothing is ever lost: what is there stays, what we wrote ourselves may be renewed."""

import errno
import json
import os
import re
import shutil
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen import workspace
from reportgen.errors import WorkspaceError
from reportgen.workspace import RenewedOutputs, SavedFile, disk, files, lock
from reportgen.workspace.names import is_noise
from reportgen.workspace.record import Maker, read_record

BUILD = Maker("build", "..")


def build(out: Path, content: bytes, maker: Maker = BUILD) -> SavedFile:
    return workspace.renew_outputs(out, {"报告.docx": content}, maker).saved[0]


def names(out: Path) -> list[str]:
    paths = (path for path in out.rglob("*") if path.is_file())
    return sorted(path.relative_to(out).as_posix() for path in paths)


def test_an_untouched_output_is_renewed_and_the_last_one_put_aside(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    assert build(tmp_path, b"two") == SavedFile(tmp_path / "报告.docx")
    assert build(tmp_path, b"two") == SavedFile(tmp_path / "报告.docx")
    assert names(tmp_path) == ["上一版/报告.docx", "报告.docx", "输出记录.json"]
    assert (tmp_path / "上一版/报告.docx").read_bytes() == b"one"
    build(tmp_path, b"three")
    assert names(tmp_path) == ["上一版/报告.docx", "报告.docx", "输出记录.json"]
    assert (tmp_path / "上一版/报告.docx").read_bytes() == b"two"


def test_an_edited_output_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").write_bytes(b"edited by hand")
    assert build(tmp_path, b"two") == SavedFile(tmp_path / "报告（2）.docx", aside=True)
    assert build(tmp_path, b"three").path.name == "报告（2）.docx"
    assert (tmp_path / "报告.docx").read_bytes() == b"edited by hand"


def test_once_the_edited_one_is_gone_the_good_name_is_free_again(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").write_bytes(b"edited by hand")
    build(tmp_path, b"two")
    (tmp_path / "报告.docx").rename(tmp_path / "我的报告.docx")
    assert build(tmp_path, b"three") == SavedFile(tmp_path / "报告.docx")
    assert "报告（2）.docx" not in names(tmp_path)
    assert (tmp_path / "我的报告.docx").read_bytes() == b"edited by hand"


@pytest.mark.parametrize("other", [Maker("build", "../另一个"), Maker("finalize", "..")])
def test_what_another_command_or_folder_made_is_not_ours(tmp_path: Path, other: Maker) -> None:
    build(tmp_path, b"theirs", other)
    assert build(tmp_path, b"ours") == SavedFile(tmp_path / "报告（2）.docx", aside=True)
    assert build(tmp_path, b"theirs again", other) == SavedFile(tmp_path / "报告.docx")


def test_an_input_of_the_same_run_is_never_replaced(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    template = tmp_path / "x/../报告.docx"
    renewed = workspace.renew_outputs(tmp_path, {"报告.docx": b"two"}, BUILD, [template])
    assert renewed.saved == (SavedFile(tmp_path / "报告（2）.docx", aside=True),)
    assert (tmp_path / "报告.docx").read_bytes() == b"one"


@pytest.mark.parametrize(
    "name",
    [
        "../填报/农业办.xlsx", "填报/农业办.xlsx", "退改/../填报/农业办.xlsx", "/etc/passwd",
        "建议台账.xlsx", "报告模板.docx", "链接/农业办.xlsx", "退改/链接/农业办.xlsx", "", ".", "a\0b",
        "~$锁.xlsx", "另外的/文件.xlsx",
    ],
)  # fmt: skip
def test_a_name_in_a_record_is_no_path(tmp_path: Path, name: str) -> None:
    out, returns = tmp_path, tmp_path / "填报"
    for path in (returns / "农业办.xlsx", out / "建议台账.xlsx", out / "报告模板.docx",
                 out / "~$锁.xlsx", out / "另外的/文件.xlsx", out / "退改/x.xlsx"):  # fmt: skip
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"theirs")
    (out / "链接").symlink_to(returns)
    (out / "退改/链接").symlink_to(returns)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    entry = {"command": "check", "folder": "..", "sha256": [files.digest(b"theirs")]}
    (out / "输出记录.json").write_text(json.dumps({"outputs": {name: entry}}), "utf-8")
    renewed = workspace.renew_outputs(
        out, {"c.xlsx": b"1"}, Maker("check", ".."), [out / "建议台账.xlsx"], all_of_it=True
    )
    assert not renewed.removed
    assert {*renewed.kept} <= {out / "建议台账.xlsx"}
    assert {path: path.read_bytes() for path in before} == before


def test_a_forged_hash_costs_no_file(tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_bytes(b"somebody's")
    entry = {"command": "build", "folder": "..", "sha256": [files.digest(b"somebody's")]}
    (tmp_path / "输出记录.json").write_text(json.dumps({"outputs": {"报告.docx": entry}}), "utf-8")
    build(tmp_path, b"ours")
    assert (tmp_path / "上一版/报告.docx").read_bytes() == b"somebody's"


@pytest.mark.parametrize(
    "record",
    [
        "", "[]", "{", '"x"', '{"outputs": 3}', '{"outputs": {"报告.docx": "00"}}',
        '{"outputs": {"报告.docx": {"command": 1, "folder": "..", "sha256": []}}}',
        '{"outputs": {"报告.docx": {"command": "build", "folder": "..", "sha256": [3, null]}}}',
        "[" * 100_000,
    ],
)  # fmt: skip
def test_a_file_that_is_not_ours_stays_whatever_the_record_says(
    tmp_path: Path, record: str
) -> None:
    (tmp_path / "报告.docx").write_bytes(b"somebody's")
    (tmp_path / "输出记录.json").write_text(record, "utf-8")
    assert build(tmp_path, b"ours").path.name == "报告（2）.docx"
    assert (tmp_path / "报告.docx").read_bytes() == b"somebody's"


def test_the_record_forgets_what_is_gone(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").unlink()
    workspace.renew_outputs(tmp_path, {"另一份.docx": b"x"}, BUILD)
    assert list(read_record(tmp_path).entries) == ["另一份.docx"]


def test_a_file_that_comes_between_check_and_act_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, b"one")
    real = disk.write_temporary

    def save_in_word(folder: Path, content: bytes) -> Path:
        if content == b"two":
            (tmp_path / "报告.docx").write_bytes(b"just edited")
        return real(folder, content)

    monkeypatch.setattr(disk, "write_temporary", save_in_word)
    assert build(tmp_path, b"two") == SavedFile(tmp_path / "报告（2）.docx", aside=True)
    assert (tmp_path / "报告.docx").read_bytes() == b"just edited"


def test_a_file_that_comes_just_before_a_new_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = disk.move_file

    def come_first(path: Path, target: Path) -> None:
        if target.name == "表.xlsx":
            target.write_bytes(b"theirs")
        real(path, target)

    monkeypatch.setattr(disk, "move_file", come_first)
    assert workspace.create_beside(tmp_path, "表.xlsx", b"ours").name == "表（补1）.xlsx"
    assert (tmp_path / "表.xlsx").read_bytes() == b"theirs"
    assert names(tmp_path) == ["表.xlsx", "表（补1）.xlsx"]


def test_a_file_open_in_another_program_is_not_taken_for_edited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = {"a.xlsx": b"1", "b.xlsx": b"1"}
    workspace.renew_outputs(tmp_path, content, BUILD)
    real = disk.move_file

    def refuse(path: Path, target: Path) -> None:
        if path.name == "a.xlsx":
            raise OSError(errno.EBUSY, "in use")
        real(path, target)

    monkeypatch.setattr(disk, "move_file", refuse)
    renewed = workspace.renew_outputs(tmp_path, {"a.xlsx": b"2", "b.xlsx": b"2"}, BUILD)
    assert renewed.in_use == (tmp_path / "a.xlsx",)
    with pytest.raises(WorkspaceError, match=r"“a.xlsx”没有更新：它可能正在 .*请关闭后再试"):
        workspace.refuse_if_open(renewed)
    monkeypatch.undo()
    workspace.renew_outputs(tmp_path, {"a.xlsx": b"2", "b.xlsx": b"2"}, BUILD)
    assert [name for name in names(tmp_path) if "2" in name] == []
    assert (tmp_path / "a.xlsx").read_bytes() == b"2"


def test_our_own_leftovers_are_cleared_after_a_day(tmp_path: Path) -> None:
    now = time.time()
    for name, age in (("~$reportgen-old.tmp", 90_000), ("~$reportgen-new.tmp", 60),
                      ("~$某表.xlsx", 90_000)):  # fmt: skip
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (now - age, now - age))
    build(tmp_path, b"one")
    assert "~$reportgen-old.tmp" not in names(tmp_path)
    assert {"~$reportgen-new.tmp", "~$某表.xlsx"} <= set(names(tmp_path))


def test_where_a_file_can_have_one_name_only_nothing_is_replaced_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert workspace.create_file(tmp_path / "表.xlsx", b"one")
    assert not workspace.create_file(tmp_path / "表.xlsx", b"two")
    assert names(tmp_path) == ["表.xlsx"]
    assert (tmp_path / "表.xlsx").read_bytes() == b"one"


@pytest.mark.skipif(os.name == "nt", reason="Windows 没有这样的权限")
def test_a_returns_folder_that_cannot_be_listed_is_not_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "填报/第二批").mkdir(parents=True)
    real = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "第二批":
            raise PermissionError(errno.EACCES, "no")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(WorkspaceError, match=r"填报”读不出来：没有权限。请检查"):
        list(workspace.iter_returns(tmp_path))


def test_a_file_in_the_place_of_the_returns_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "填报").write_bytes(b"a shortcut")
    with pytest.raises(WorkspaceError, match="却是一个文件"):
        list(workspace.iter_returns(tmp_path))


def test_returns_in_a_linked_folder_are_read_once(tmp_path: Path) -> None:
    (tmp_path / "共享").mkdir()
    (tmp_path / "共享/a.xlsx").write_bytes(b"x")
    (tmp_path / "填报").mkdir()
    (tmp_path / "填报/链接").symlink_to(tmp_path / "共享")
    (tmp_path / "共享/圈").symlink_to(tmp_path / "共享")
    assert [file.name for file in workspace.iter_returns(tmp_path)] == ["填报/链接/a.xlsx"]


@pytest.mark.parametrize("number", sorted({errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EIO,
    errno.EDQUOT, errno.ENAMETOOLONG, errno.ESTALE, errno.EMFILE, errno.EBUSY, 4242}))  # fmt: skip
def test_every_refusal_of_the_system_has_a_cause_and_a_remedy(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, "odd")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(WorkspaceError, match=r"^“.*表\.xlsx”写不进去：.+。请.+。$") as told:
        workspace.create_file(tmp_path / "表.xlsx", b"x")
    assert ("odd" in str(told.value)) == (number == 4242)
    assert names(tmp_path) == []


def test_two_at_once_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.0)
    with workspace.lock_folder(tmp_path):
        with (
            pytest.raises(WorkspaceError, match=r"正由另一个命令使用。请等它结束"),
            workspace.lock_folder(tmp_path),
        ):
            pass
        assert names(tmp_path) == ["~$reportgen.lock"]
    with workspace.lock_folder(tmp_path):
        pass
    assert names(tmp_path) == []


def test_returns_are_listed_in_order_without_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".hidden", "Thumbs.db", "子目录/c.xlsx"):
        path = tmp_path / "填报" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    names = [file.name for file in workspace.iter_returns(tmp_path)]
    assert names == ["填报/a.xlsx", "填报/b.xlsx", "填报/子目录/c.xlsx"]


def test_no_returns_folder_means_no_returns(tmp_path: Path) -> None:
    assert list(workspace.iter_returns(tmp_path)) == []


def test_a_missing_folder_or_register_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"找不到工作目录.*init"):
        workspace.find_register(tmp_path / "没有", ["台账.xlsx"])
    with pytest.raises(WorkspaceError, match=r"没有“台账\.xlsx”.*init"):
        workspace.find_register(tmp_path, ["台账.xlsx"])


def test_a_file_too_large_is_a_problem_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "填报").mkdir()
    (tmp_path / "填报" / "大.xlsx").write_bytes(b"1234")
    (file,) = workspace.iter_returns(tmp_path)
    assert file.content is None
    assert "太大" in file.problem


def test_a_file_is_what_was_read_and_its_hash(tmp_path: Path) -> None:
    (tmp_path / "建议台账.xlsx").write_bytes(b"abc")
    file = workspace.find_register(tmp_path, ["台账.xlsx", "建议台账.xlsx"])
    (tmp_path / "建议台账.xlsx").write_bytes(b"later")
    assert file.content == b"abc"
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    assert workspace.create_file(tmp_path / "表.xlsx", b"one")
    assert not workspace.create_file(tmp_path / "表.xlsx", b"two")
    assert (tmp_path / "表.xlsx").read_bytes() == b"one"
    found = [workspace.create_beside(tmp_path, "表.xlsx", data).name for data in (b"x", b"y", b"x")]
    assert found == ["表（补1）.xlsx", "表（补2）.xlsx", "表（补1）.xlsx"]


def test_an_unwritable_place_says_what_to_do_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"a file where a folder should be")
    with pytest.raises(WorkspaceError, match="写不进去"):
        build(tmp_path / "output", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("镇/乡:办?", "镇_乡_办_"), ("农业办. ", "农业办"), ("...", "未命名"), ("a\x07b", "ab"),
        ("CON", "_CON"), ("com1.办", "_com1.办"), ("nul", "_nul"), ("CONSOLE", "CONSOLE"),
        ("LPT³", "_LPT³"), ("~$办公室", "办公室"), (".隐藏", "隐藏"), ("办\u202e公\u200b室", "办公室"),
        ("\ud800", "未命名"), ("../..", "_"), ("=cmd|' /c", "=cmd_' _c"),
    ],
)  # fmt: skip
def test_file_names_are_what_windows_takes(text: str, name: str) -> None:
    assert workspace.to_file_name(text) == name


@given(st.text(max_size=300), st.sampled_from(["", "办" * 70, "a" * 300]))
def test_every_text_gives_a_name_that_can_be_written_and_is_read(text: str, begin: str) -> None:
    name = workspace.to_file_name(begin + text)
    assert len(f"{name}（改正件）（补10）.xlsx".encode()) <= 255
    assert len(name) <= 80
    assert not is_noise(name + ".xlsx")
    assert workspace.to_file_name(name) == name


def test_long_texts_that_differ_keep_names_that_differ() -> None:
    assert workspace.to_file_name("办" * 100 + "甲") != workspace.to_file_name("办" * 100 + "乙")


CHECK = Maker("check", "..")


def check(out: Path, **content: bytes) -> RenewedOutputs:
    places = {"a": "退改/a.xlsx", "b": "退改/填报/b.xlsx", "c": "c.xlsx"}
    return workspace.renew_outputs(
        out, {places[n]: data for n, data in content.items()}, CHECK, all_of_it=True
    )


def test_outputs_of_a_check_replace_those_of_the_last(tmp_path: Path) -> None:
    first = check(tmp_path, a=b"1", b=b"1", c=b"1")
    assert [saved.path.name for saved in first.saved] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    second = check(tmp_path, a=b"2", c=b"1")
    assert second.removed == (tmp_path / "退改/填报/b.xlsx",)
    assert not (tmp_path / "退改/填报").exists()
    assert (tmp_path / "退改/a.xlsx").read_bytes() == b"2"
    assert (tmp_path / "上一版/退改/填报/b.xlsx").read_bytes() == b"1"


def test_an_output_of_a_check_that_somebody_edited_stays_and_is_told_once(tmp_path: Path) -> None:
    check(tmp_path, a=b"1", c=b"1")
    (tmp_path / "退改/a.xlsx").write_bytes(b"edited")
    (tmp_path / "c.xlsx").write_bytes(b"edited")
    renewed = check(tmp_path, c=b"2")
    assert renewed.kept == (tmp_path / "退改/a.xlsx",)
    assert renewed.saved == (SavedFile(tmp_path / "c（2）.xlsx", aside=True),)
    assert (tmp_path / "c.xlsx").read_bytes() == b"edited"
    assert (tmp_path / "退改/a.xlsx").read_bytes() == b"edited"
    assert check(tmp_path, c=b"2").kept == ()


@pytest.mark.parametrize("inside", ["填报", "填报/结果", "填报/../填报/结果", "output/../填报"])
def test_results_are_not_put_among_the_returns(tmp_path: Path, inside: str) -> None:
    with pytest.raises(WorkspaceError, match=r"结果不能放在“填报”文件夹里.*用 -o 换一个"):
        workspace.refuse_among_returns(tmp_path, tmp_path / inside)


@pytest.mark.parametrize("beside", ["", "output", "填报结果", "退改/填报"])
def test_results_may_be_put_beside_the_returns(tmp_path: Path, beside: str) -> None:
    workspace.refuse_among_returns(tmp_path, tmp_path / beside)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("报告模板.docx", b"", "是空的（0字节）"),
        ("报告模板.docx", None, "不是一个文件"),
        ("报告模板.doc", b"x", "另存为“报告模板.docx”"),
        ("报告模板(1).docx", b"x", "却有“报告模板(1).docx”"),
        ("报告模板.wps", b"", "却有“报告模板.wps”"),
    ],
)
def test_what_stands_for_the_template_is_never_passed_over(
    name: str, content: bytes | None, message: str, tmp_path: Path
) -> None:
    if content is None:
        (tmp_path / name).mkdir()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(WorkspaceError, match=re.escape(message)):
        workspace.read_template(tmp_path, None)


def test_only_a_folder_without_a_template_has_none(tmp_path: Path) -> None:
    (tmp_path / "~$报告模板.docx").write_bytes(b"lock")
    assert workspace.read_template(tmp_path, None) is None
    with pytest.raises(WorkspaceError, match="找不到报告模板"):
        workspace.read_template(tmp_path, tmp_path / "简报.docx")
    (tmp_path / "简报.docx").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="是空的"):
        workspace.read_template(tmp_path, tmp_path / "简报.docx")


def test_a_link_that_leads_nowhere_at_present_is_no_absence(tmp_path: Path) -> None:
    """A network drive that is not connected must not read as: nobody has returned."""
    (tmp_path / "填报").mkdir()
    (tmp_path / "填报/甲.xlsx").symlink_to(tmp_path / "断开" / "甲.xlsx")
    (found,) = workspace.iter_returns(tmp_path)
    assert found.content is None
    assert found.problem.endswith("再试一次。")
    shutil.rmtree(tmp_path / "填报")
    (tmp_path / "填报").symlink_to(tmp_path / "断开")
    with pytest.raises(WorkspaceError, match="打不开，可能是网络盘"):
        list(workspace.iter_returns(tmp_path))


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are text there")
def test_a_garbled_name_is_told_as_it_was_meant(tmp_path: Path) -> None:
    """Packed on Windows and unpacked elsewhere: no report could state where its figures are from."""
    (tmp_path / "填报").mkdir()
    garbled = os.fsdecode("农业办.xlsx".encode("gbk"))
    for place in (tmp_path / "填报", tmp_path):
        (place / garbled).write_bytes(b"PK")
    (found,) = workspace.iter_returns(tmp_path)
    assert (found.name, found.content) == ("填报/农业办.xlsx", None)
    assert found.problem.startswith("“农业办.xlsx”的名称是乱码")
    with pytest.raises(WorkspaceError, match=r"农业办\.xlsx”的名称是乱码"):
        workspace.find_register(tmp_path, ["台账.xlsx"])
    with pytest.raises(WorkspaceError, match=r"农业办\.xlsx”的名称是乱码"):
        workspace.require_folder(tmp_path / garbled)


def test_links_that_lead_in_a_circle_are_told(tmp_path: Path) -> None:
    (tmp_path / "填报").symlink_to(tmp_path / "填报")
    workspace.refuse_among_returns(tmp_path, tmp_path / "output")
    with pytest.raises(WorkspaceError, match="绕成了圈"):
        list(workspace.iter_returns(tmp_path))


def test_of_a_report_and_its_renewed_copy_the_renewed_one_counts(tmp_path: Path) -> None:
    """In each place; drafts, finished copies and those with comments bear other names."""
    for name in ("报", "报（更新）", "报草稿", "报（核对）", "别的"):
        for place in (tmp_path, tmp_path / "output"):
            place.mkdir(exist_ok=True)
            (place / f"{name}.docx").touch()
    (tmp_path / "报告").mkdir()
    (tmp_path / "报告" / "报.docx").touch()
    found = workspace.find_documents([tmp_path], "报")
    names = [path.relative_to(tmp_path).as_posix() for path in found]
    assert names == ["报（更新）.docx", "output/报（更新）.docx", "报告/报.docx"]

"""Nothing is ever lost: what is there stays, what we wrote ourselves may be renewed."""

import json
import re
from pathlib import Path

import pytest

from reportgen import workspace
from reportgen.errors import WorkspaceError
from reportgen.workspace import Saved, files


def build(out: Path, content: bytes) -> Saved:
    saved = workspace.save(out, "报告.docx", content)
    workspace.save_facts(out, saved, {"facts": {}})
    return saved


def test_an_untouched_output_is_renewed(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    assert build(tmp_path, b"two") == Saved(tmp_path / "报告.docx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.json", "报告.docx"]


def test_an_edited_output_stays_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").write_bytes(b"edited by hand")
    assert build(tmp_path, b"two") == Saved(tmp_path / "报告（2）.docx", aside=True)
    assert (tmp_path / "报告.docx").read_bytes() == b"edited by hand"


def test_the_one_beside_is_renewed_too_while_untouched(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").write_bytes(b"edited by hand")
    build(tmp_path, b"two")
    assert build(tmp_path, b"three").path.name == "报告（2）.docx"
    assert (tmp_path / "报告.docx").read_bytes() == b"edited by hand"


@pytest.mark.parametrize("facts", ["", "[]", '{"outputs": 3}', "{", '"x"'])
def test_a_file_that_is_not_ours_stays_whatever_facts_json_says(tmp_path: Path, facts: str) -> None:
    (tmp_path / "报告.docx").write_bytes(b"somebody's")
    (tmp_path / "facts.json").write_text(facts)
    assert build(tmp_path, b"ours").path.name == "报告（2）.docx"
    assert (tmp_path / "报告.docx").read_bytes() == b"somebody's"


def test_facts_json_remembers_only_outputs_that_are_still_ours(tmp_path: Path) -> None:
    build(tmp_path, b"one")
    (tmp_path / "报告.docx").unlink()
    workspace.save_facts(tmp_path, workspace.save(tmp_path, "另一份.docx", b"x"), {})
    assert list(json.loads((tmp_path / "facts.json").read_text())["outputs"]) == ["另一份.docx"]


def test_returns_are_listed_in_order_without_lock_files(tmp_path: Path) -> None:
    for name in ("b.xlsx", "a.xlsx", "~$a.xlsx", ".hidden", "Thumbs.db", "子目录/c.xlsx"):
        path = tmp_path / "填报" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    names = [file.name for file in workspace.returns(tmp_path)]
    assert names == ["填报/a.xlsx", "填报/b.xlsx", "填报/子目录/c.xlsx"]


def test_no_returns_folder_means_no_returns(tmp_path: Path) -> None:
    assert list(workspace.returns(tmp_path)) == []


def test_a_missing_folder_or_register_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"找不到工作目录.*init"):
        workspace.register(tmp_path / "没有")
    with pytest.raises(WorkspaceError, match=r"没有“建议台账\.xlsx”.*init"):
        workspace.register(tmp_path)


def test_a_file_too_large_is_a_problem_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "填报").mkdir()
    (tmp_path / "填报" / "大.xlsx").write_bytes(b"1234")
    (file,) = workspace.returns(tmp_path)
    assert file.content is None
    assert "太大" in file.problem


def test_a_file_is_what_was_read_and_its_hash(tmp_path: Path) -> None:
    (tmp_path / "建议台账.xlsx").write_bytes(b"abc")
    file = workspace.register(tmp_path)
    (tmp_path / "建议台账.xlsx").write_bytes(b"later")
    assert file.content == b"abc"
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_new_file_never_replaces_one(tmp_path: Path) -> None:
    assert workspace.create(tmp_path / "表.xlsx", b"one")
    assert not workspace.create(tmp_path / "表.xlsx", b"two")
    assert (tmp_path / "表.xlsx").read_bytes() == b"one"
    names = [workspace.create_beside(tmp_path, "表.xlsx", b"x").name for _ in range(2)]
    assert names == ["表（补1）.xlsx", "表（补2）.xlsx"]


def test_an_unwritable_place_says_what_to_do_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "output").write_bytes(b"a file where a folder should be")
    with pytest.raises(WorkspaceError, match="写不进去"):
        workspace.save(tmp_path / "output", "报告.docx", b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.parametrize(
    ("text", "name"),
    [("镇/乡:办?", "镇_乡_办_"), ("农业办. ", "农业办"), ("...", "未命名"), ("a\x07b", "a_b")],
)
def test_file_names_are_what_windows_takes(text: str, name: str) -> None:
    assert workspace.file_name(text) == name


def test_outputs_of_a_check_replace_those_of_the_last(tmp_path: Path) -> None:
    first = workspace.renew(
        tmp_path, {"退改/a.xlsx": b"1", "退改/填报/b.xlsx": b"1", "c.xlsx": b"1"}
    )
    assert [saved.path.name for saved in first.saved] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    second = workspace.renew(tmp_path, {"退改/a.xlsx": b"2", "c.xlsx": b"1"})
    assert second.removed == (tmp_path / "退改/填报/b.xlsx",)
    assert not (tmp_path / "退改/填报").exists()
    assert (tmp_path / "退改/a.xlsx").read_bytes() == b"2"


def test_an_output_of_a_check_that_somebody_edited_stays(tmp_path: Path) -> None:
    workspace.renew(tmp_path, {"退改/a.xlsx": b"1", "b.xlsx": b"1"})
    (tmp_path / "退改/a.xlsx").write_bytes(b"edited")
    (tmp_path / "b.xlsx").write_bytes(b"edited")
    renewed = workspace.renew(tmp_path, {"b.xlsx": b"2"})
    assert renewed.kept == (tmp_path / "退改/a.xlsx",)
    assert renewed.saved == (Saved(tmp_path / "b（2）.xlsx", aside=True),)
    assert (
        (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "退改/a.xlsx").read_bytes() == b"edited"
    )


@pytest.mark.parametrize("record", ["", "[]", '{"outputs": 3}', '{"outputs": {"a.xlsx": "00"}}'])
def test_a_broken_record_costs_no_file(tmp_path: Path, record: str) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"somebody's")
    (tmp_path / "核查记录.json").write_text(record)
    renewed = workspace.renew(tmp_path, {"c.xlsx": b"1"})
    assert not renewed.removed
    assert (tmp_path / "a.xlsx").read_bytes() == b"somebody's"


@pytest.mark.parametrize("inside", ["填报", "填报/结果", "填报/../填报/结果", "output/../填报"])
def test_results_are_not_put_among_the_returns(tmp_path: Path, inside: str) -> None:
    with pytest.raises(WorkspaceError, match=r"结果不能放在“填报”文件夹里.*用 -o 换一个"):
        workspace.keep_apart(tmp_path, tmp_path / inside)


@pytest.mark.parametrize("beside", ["", "output", "填报结果", "退改/填报"])
def test_results_may_be_put_beside_the_returns(tmp_path: Path, beside: str) -> None:
    workspace.keep_apart(tmp_path, tmp_path / beside)


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
        workspace.template(tmp_path, None)


def test_only_a_folder_without_a_template_has_none(tmp_path: Path) -> None:
    (tmp_path / "~$报告模板.docx").write_bytes(b"lock")
    assert workspace.template(tmp_path, None) is None
    with pytest.raises(WorkspaceError, match="找不到报告模板"):
        workspace.template(tmp_path, tmp_path / "简报.docx")
    (tmp_path / "简报.docx").write_bytes(b"")
    with pytest.raises(WorkspaceError, match="是空的"):
        workspace.template(tmp_path, tmp_path / "简报.docx")

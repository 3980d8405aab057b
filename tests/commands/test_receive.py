"""Files handed in: recognised by what is in them, kept beside what is there."""

from pathlib import Path

import pytest

import reportgen
from reportgen.commands.desk.receive import ReceivedFile, Sort, adopt, receive
from reportgen.errors import WorkspaceError
from tests.conftest import Lay
from tests.support.templates import docx, p

AGRICULTURE = "填报/农业农村办公室.xlsx"


def handed_out(folder: Path, sample: dict[str, bytes]) -> Path:
    """A working folder in which everything is handed out and nothing has come back."""
    folder.mkdir()
    (folder / "建议台账.xlsx").write_bytes(sample["建议台账.xlsx"])
    reportgen.assign(folder)
    return folder


def only(found: list[ReceivedFile]) -> ReceivedFile:
    (one,) = found
    return one


def test_a_return_takes_the_place_of_the_form_nobody_touched(
    tmp_path: Path, sample: dict[str, bytes]
) -> None:
    folder = handed_out(tmp_path / "镇", sample)
    blank = (folder / AGRICULTURE).read_bytes()
    one = only(receive(folder, [("农业农村办公室.xlsx", sample[AGRICULTURE])]))
    assert (one.sort, one.path) == (Sort.RETURN, folder / AGRICULTURE)
    assert (folder / AGRICULTURE).read_bytes() == sample[AGRICULTURE]
    assert (folder / "收到/换下/农业农村办公室.xlsx").read_bytes() == blank
    checked = reportgen.check(folder)
    assert "农业农村办公室" in checked.dataset.begun
    assert not [issue for issue in checked.issues if issue.file.startswith("填报/农业")]


def test_a_return_is_known_by_what_is_in_it_and_kept_beside_what_is_there(
    tmp_path: Path, lay_sample: Lay, sample: dict[str, bytes]
) -> None:
    folder = lay_sample(tmp_path / "镇")
    (folder / AGRICULTURE).write_bytes(b"somebody has this open")
    one = only(receive(folder, [("../x/农业农村办公室.xlsx", sample[AGRICULTURE])]))
    assert one.path == folder / "填报/农业农村办公室（2）.xlsx"
    assert (folder / AGRICULTURE).read_bytes() == b"somebody has this open"


def test_the_same_file_is_kept_once(
    tmp_path: Path, lay_sample: Lay, sample: dict[str, bytes]
) -> None:
    folder = lay_sample(tmp_path / "镇")
    before = sorted(folder.rglob("*"))
    one = only(receive(folder, [("又一份.xlsx", sample[AGRICULTURE])]))
    assert one.twice
    assert sorted(folder.rglob("*")) == before


def test_a_filled_register_replaces_only_the_blank_one(
    tmp_path: Path, sample: dict[str, bytes]
) -> None:
    folder = tmp_path / "镇"
    reportgen.init(folder)
    filled = sample["建议台账.xlsx"]
    assert only(receive(folder, [("台账.xlsx", filled)])).path == folder / "建议台账.xlsx"
    assert (folder / "建议台账.xlsx").read_bytes() == filled


def test_a_register_beside_a_filled_one_waits_to_be_chosen(
    tmp_path: Path, lay_sample: Lay, edited_register: bytes
) -> None:
    folder = lay_sample(tmp_path / "镇")
    (folder / "建议台账.xlsx").write_bytes(edited_register)
    other = (lay_sample(tmp_path / "other") / "建议台账.xlsx").read_bytes()
    one = only(receive(folder, [("台账.xlsx", other)]))
    assert one.path == folder / "收到/台账.xlsx"
    assert (folder / "建议台账.xlsx").read_bytes() == edited_register
    adopt(folder, one.path)
    assert (folder / "建议台账.xlsx").read_bytes() == other
    assert (folder / "收到/换下/建议台账.xlsx").read_bytes() == edited_register
    with pytest.raises(WorkspaceError, match="没有换用"):
        adopt(folder, folder / AGRICULTURE)


def test_a_register_that_is_there_already_is_not_kept_again(
    tmp_path: Path, lay_sample: Lay, sample: dict[str, bytes]
) -> None:
    folder = lay_sample(tmp_path / "镇")
    one = only(receive(folder, [("改名.xlsx", sample["建议台账.xlsx"])]))
    assert one.twice
    assert "已有的“建议台账.xlsx”完全一样" in one.said
    assert not (folder / "收到").exists()


def test_a_template_is_no_letter_and_waits_to_be_chosen(tmp_path: Path, lay_sample: Lay) -> None:
    folder = lay_sample(tmp_path / "镇")
    before = (folder / "报告模板.docx").read_bytes()
    given = docx(p("共{{ 建议.件数 }}件。"))
    one = only(receive(folder, [("报告模板.docx", given)]))
    assert (one.sort, one.path) == (Sort.TEMPLATE, folder / "收到/报告模板.docx")
    assert (folder / "报告模板.docx").read_bytes() == before
    adopt(folder, one.path)
    assert (folder / "报告模板.docx").read_bytes() == given
    assert (folder / "收到/换下/报告模板.docx").read_bytes() == before
    (folder / "报告模板.docx").unlink()
    assert adopt(folder, one.path).read_bytes() == given


@pytest.fixture
def edited_register(sample: dict[str, bytes]) -> bytes:
    """The sample's, as somebody has saved it."""
    from io import BytesIO

    from openpyxl import load_workbook

    saved = BytesIO()
    load_workbook(BytesIO(sample["建议台账.xlsx"])).save(saved)
    return saved.getvalue()


def test_reports_letters_tables_and_the_rest_are_told_apart(
    tmp_path: Path, lay_sample: Lay, sample_report: bytes
) -> None:
    from docx import Document
    from openpyxl import Workbook

    folder = lay_sample(tmp_path / "镇")
    Document().save(str(tmp_path / "letter.docx"))
    Workbook().save(tmp_path / "table.xlsx")
    found = receive(
        folder,
        [
            ("报告.docx", sample_report),
            ("答复.docx", (tmp_path / "letter.docx").read_bytes()),
            ("旧台账.xlsx", (tmp_path / "table.xlsx").read_bytes()),
            ("运行我.exe", b"MZ"),
            ("", b""),
        ],
    )
    assert [(one.sort, one.path.relative_to(folder).as_posix()) for one in found] == [
        (Sort.REPORT, "收到/报告.docx"),
        (Sort.PAPER, "答复函/答复.docx"),
        (Sort.TABLE, "收到/旧台账.xlsx"),
        (Sort.OTHER, "收到/运行我.exe.收到"),
        (Sort.OTHER, "收到/未命名.收到"),
    ]
    assert all(one.path.is_file() for one in found)


def test_another_kind_of_report_receives_its_own_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reportgen import reports
    from reportgen.commands.standard_files import make_register_form
    from tests.support.tiny_kind import LAMPS, ROWS

    monkeypatch.setattr(reports, "KINDS", (*reports.KINDS, LAMPS))
    folder = tmp_path / "路灯"
    folder.mkdir()
    (folder / "路灯台账.xlsx").write_bytes(make_register_form(LAMPS, ROWS))
    reportgen.assign(folder)
    form = folder / "填报/城东维修队.xlsx"
    content = form.read_bytes()
    form.unlink()
    one = only(receive(folder, [("随便.xlsx", content)]))
    assert (one.sort, one.path) == (Sort.RETURN, folder / "填报/随便.xlsx")

"""Killed or refused before any step: nothing is lost, and the next run ends as if nothing had been."""

import shutil
import threading
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest

import reportgen
from reportgen import workspace
from reportgen.workspace.record import Maker
from tests.fuzz import faults as real
from tests.support.faults import (
    FORMS,
    REFUSALS,
    REPORT,
    STORIES,
    Killed,
    Story,
    _assign,
    faulty,
    play,
    seen,
)


@pytest.mark.parametrize("killed", [True, False], ids=["killed", "refused"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_after_a_fault_at_any_step_the_next_run_is_right(
    story: Story, killed: bool, tmp_path: Path
) -> None:
    at, reached = 0, "begin"
    while reached:
        at += 1
        refusal = 0 if killed else REFUSALS[at % len(REFUSALS)]
        reached, wrong = play(story, tmp_path, at, refusal)
        assert wrong == [], f"step {at}"
    assert at > 8


def test_a_kill_is_a_kill(tmp_path: Path) -> None:
    """The harness: half a file is left under a temporary name, and nobody clears it up."""
    with faulty(3) as system, pytest.raises(Killed):
        workspace.create_file(tmp_path / "表.xlsx", b"12345678")
    assert system.dead
    (left,) = tmp_path.iterdir()
    assert left.name.startswith("~$reportgen-")
    assert left.read_bytes() == b"1234"


def test_two_of_a_command_at_once_end_as_one(tmp_path: Path) -> None:
    def build() -> None:
        workspace.renew_outputs(tmp_path / "output", REPORT, Maker("build", ".."))

    for command in (build, lambda: _assign(tmp_path)):
        threads = [threading.Thread(target=command) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = seen(tmp_path)
    assert found == {**{f"output/{n}": c for n, c in REPORT.items()}, **FORMS}


def _ledger(folder: Path, *rows: str) -> Path:
    path = folder.parent / "旧台账.csv"
    path.write_text("\n".join(["编号,标题,领衔代表,承办单位,办理结果", *rows]), "utf-8")
    return path


def test_a_killed_import_of_a_ledger_that_has_changed_since_leaves_nothing_of_the_old_one(
    tmp_path: Path,
) -> None:
    folder, other = tmp_path / "一", tmp_path / "二"
    old = "1,关于修路的建议,张三,农业农村办公室,A", "2,关于修桥的建议,李四,经济发展办公室,A"
    new = "1,关于修路的建议,张三,农业农村办公室,B", "2,关于种树的建议,李四,经济发展办公室,A"
    ledger = _ledger(folder, *old)
    with faulty(10**9) as system:
        reportgen.import_ledger(ledger, other)
    for at in range(1, system.steps, max(1, system.steps // 8)):
        with faulty(at), suppress(Killed):
            reportgen.import_ledger(_ledger(folder, *old), folder)
        if (folder / "建议台账.xlsx").exists():  # it comes last: nothing was broken off
            break
        reportgen.import_ledger(_ledger(folder, *new), folder)
        if at == 1:
            right = seen(folder)
        assert seen(folder) == right
        shutil.rmtree(folder)
    assert at > system.steps // 2


def test_what_a_department_has_saved_is_not_replaced_by_an_import(tmp_path: Path) -> None:
    ledger = _ledger(tmp_path / "一", "1,关于修路的建议,张三,农业农村办公室,A")
    reportgen.import_ledger(ledger, tmp_path / "一")
    (tmp_path / "一" / "建议台账.xlsx").unlink()
    (form,) = (tmp_path / "一" / "填报").iterdir()
    book = openpyxl.load_workbook(form)
    book.save(form)
    saved = form.read_bytes()
    reportgen.import_ledger(ledger, tmp_path / "一")
    assert form.read_bytes() == saved
    assert len([*form.parent.iterdir()]) == 2


@pytest.mark.parametrize("name", ["assign", "cards"])
def test_real_commands_at_some_of_their_steps(name: str, tmp_path: Path) -> None:
    """A slice of ``python -m tests.fuzz.faults``, which stops at every step of every command."""
    story, typed = next((story, typed) for story, typed in real.COMMANDS if story.name == name)
    with real.remembered():
        made = real.lay_once(story, typed, tmp_path / "made")
        found = list(real.faults(made, every=7, reasons=1))
    assert [line for _, line in found if line] == []
    assert len(found) > 4

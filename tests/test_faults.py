"""Killed or refused before any step: nothing is lost, and the next run ends as if nothing had been."""

import threading
from pathlib import Path

import pytest

from reportgen import workspace
from reportgen.workspace.record import Maker
from tests.faults import (
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
    at, reached = 0, True
    while reached:
        at += 1
        refusal = 0 if killed else REFUSALS[at % len(REFUSALS)]
        reached, wrong = play(story, tmp_path, at, refusal)
        assert wrong == [], f"step {at}"
    assert at > 8


def test_a_kill_is_a_kill(tmp_path: Path) -> None:
    """The harness: half a file is left under a temporary name, and nobody clears it up."""
    with faulty(3) as system, pytest.raises(Killed):
        workspace.create(tmp_path / "表.xlsx", b"12345678")
    assert system.dead
    (left,) = tmp_path.iterdir()
    assert left.name.startswith("~$reportgen-")
    assert left.read_bytes() == b"1234"


def test_two_of_a_command_at_once_end_as_one(tmp_path: Path) -> None:
    def build() -> None:
        workspace.renew(tmp_path / "output", REPORT, Maker("build", ".."))

    for command in (build, lambda: _assign(tmp_path)):
        threads = [threading.Thread(target=command) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    found = seen(tmp_path)
    assert found == {**{f"output/{n}": c for n, c in REPORT.items()}, **FORMS}

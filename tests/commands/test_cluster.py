"""``--cluster``: batch and rollup by a scheduler and two worker processes on this machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

import reportgen
from reportgen.commands.many.folder_report import FolderReport, Outcome
from reportgen.errors import ReportgenError
from tests.commands.test_rollup import lay_town
from tests.support.dying_worker import DEADLY

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")
dask = pytest.importorskip("dask")
pytestmark = pytest.mark.filterwarnings("default")  # what the scheduler warns of is its own


@pytest.fixture(scope="module")
def root(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two towns, and one at which a worker of the cluster ends."""
    root = tmp_path_factory.mktemp("全市")
    for name in ("县/甲镇", "县/乙镇", DEADLY):
        lay_town(root / name, sample_folder, name)
    return root


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1",
            dashboard_address=":0", preload="tests.support.dying_worker", silence_logs=50,
        ) as running,
    ):  # fmt: skip
        yield running


def kill_a_worker(cluster: Any) -> list[int]:
    """Its process, of one that has not ended already."""
    for worker in cluster.scheduler.workers.values():
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)
            return [worker.pid]
    return []


def contents(folder: Path) -> dict[str, bytes]:
    paths = [path for path in folder.rglob("*.docx") if DEADLY not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_the_same_bytes_though_one_folder_ends_its_worker_and_another_worker_is_killed(
    root: Path, cluster: Any, tmp_path: Path
) -> None:
    here, there = tmp_path / "本机", tmp_path / "集群"
    reportgen.batch(root, here, workers=0)
    killed: list[int] = []

    def kill_one(report: FolderReport, _: int) -> None:
        if not killed and report.is_done:
            killed.extend(kill_a_worker(cluster))

    done = reportgen.batch(root, there, cluster=cluster.scheduler_address, tell=kill_one)
    outcomes = {each.folder: each.outcome for each in done.reports}
    assert outcomes == {
        "县/甲镇": Outcome.BUILT, "县/乙镇": Outcome.BUILT, DEADLY: Outcome.BROKEN,
    }  # fmt: skip
    assert killed
    assert done.failed[0].errors[0].startswith("程序中途停了")
    assert len(contents(there)) == 2
    assert contents(there) == contents(here)


def test_a_roll_up_is_joined_there_as_a_tree(root: Path, cluster: Any, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    done = reportgen.rollup(
        root, tmp_path / "集群", cluster=cluster.scheduler_address,
        tell=lambda folder, total: told.append((folder, total)),
    )  # fmt: skip
    assert sorted(told) == sorted((name, 3) for name in ("县/甲镇", "县/乙镇", DEADLY))
    (report,) = done.reports
    assert (report.counted, report.left_out) == (2, 1)
    (issue,) = report.issues
    assert (issue.file, issue.code) == (DEADLY, "unit-left-out")
    assert "程序中途停了" in issue.message
    county = root / "县"
    reportgen.rollup(county, tmp_path / "县集群", cluster=cluster.scheduler_address)
    reportgen.rollup(county, tmp_path / "县本机", workers=0)
    assert len(contents(tmp_path / "县集群")) == 1
    assert contents(tmp_path / "县集群") == contents(tmp_path / "县本机")


def test_what_is_wrong_with_a_cluster_is_said(
    root: Path, cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "结果"
    monkeypatch.setattr("reportgen.commands.many.cluster._SECONDS", 1)
    with pytest.raises(ReportgenError, match=r"连不上“tcp://127\.0\.0\.1:1”"):
        reportgen.batch(root, out, cluster="tcp://127.0.0.1:1")
    monkeypatch.setattr("reportgen.commands.many.cluster.__version__", "0")
    with pytest.raises(ReportgenError, match="与这里的版本不同"):
        reportgen.batch(root, out, cluster=cluster.scheduler_address)

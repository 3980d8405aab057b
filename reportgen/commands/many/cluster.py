"""Tasks sent to a dask.distributed scheduler; who does what and when is its business.

Its workers need this package in the same version, and the folders under the same path.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen import __version__
from reportgen.commands.many.worker_pool import PooledTask, Result
from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from distributed import Client, Future

_SECONDS = 15
"""So long a scheduler is waited for, and a worker."""
_FAN = 8
"""So many results are joined at once."""
_one_at_a_time = threading.Lock()

Merge = Callable[..., Result]
"""Joins results; how they are paired does not matter."""


def run_on_cluster(
    tasks: Sequence[PooledTask[Result]], address: str, root: Path
) -> Iterator[Result]:
    """What becomes of each task, as they are done; a task that ends its workers explains its death.

    ``root``: a folder that every worker must see.

    Raises:
        ReportgenError: distributed is not installed, or there is no scheduler or no fit worker.
    """
    with _connect(address, root) as client:
        for task, future in _submit(client, tasks):
            yield _take_result(task, future)


def reduce_on_cluster(
    tasks: Sequence[PooledTask[Result]], merge: Merge[Result], address: str, root: Path,
    tell: Callable[[str], None],
) -> Result:  # fmt: skip
    """The tasks' results joined into one where they are, as a tree; errors as of ``run_on_cluster``.

    ``tell``: told the name of each task that is done.
    """
    with _connect(address, root) as client:
        waiting: list[Any] = []
        for task, future in _submit(client, tasks):
            dead = future is None
            waiting.append(task.explain_death(0.0, too_long=False) if dead else future)
            tell(task.name)
        while True:
            parts = [waiting[first : first + _FAN] for first in range(0, len(waiting), _FAN)]
            waiting = [client.submit(merge, *part, pure=False) for part in parts]
            if len(waiting) == 1:
                result: Result = waiting[0].result()
                return result


def _submit(
    client: Client, tasks: Sequence[PooledTask[Result]]
) -> Iterator[tuple[PooledTask[Result], Future[Any] | None]]:
    """Each task as it is done, with None where it ended its workers.

    Those that waited at a worker that ended may be given up with the one that ended it: each is tried
    once more, alone.
    """
    killed = []
    for task, future in _iter_done(client, tasks):
        if future is None:
            killed.append(task)
        else:
            yield task, future
    for task in killed:
        _await_worker(client)
        yield from _iter_done(client, [task])


def _iter_done(
    client: Client, tasks: Sequence[PooledTask[Result]]
) -> Iterator[tuple[PooledTask[Result], Future[Any] | None]]:
    from distributed import KilledWorker, as_completed  # noqa: PLC0415

    futures = {client.submit(_run, task, pure=False): task for task in tasks}
    for future in as_completed(list(futures), raise_errors=False):
        error = future.exception() if future.status == "error" else None
        if error is not None and not isinstance(error, KilledWorker):
            raise ReportgenError(_DIFFERENT) from error
        yield futures.pop(future), None if error else future


def _take_result(task: PooledTask[Result], future: Future[Any] | None) -> Result:
    """The result; its worker may have ended before it was fetched, and another one after it."""
    from distributed import KilledWorker  # noqa: PLC0415

    try:
        if future is not None:
            result: Result = future.result()
            return result
    except KilledWorker:
        pass
    return task.explain_death(0.0, too_long=False)


def _run(task: PooledTask[Result]) -> Result:
    """A worker may have several threads; a folder has the process for itself."""
    with _one_at_a_time:
        return task.run()


@contextmanager
def _connect(address: str, root: Path) -> Iterator[Client]:
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415
        from distributed.comm.core import CommClosedError  # noqa: PLC0415
    except ImportError as error:
        raise ReportgenError(
            "--cluster 要用 dask.distributed，这台电脑没有安装。"
            '请在放本软件的文件夹里运行 pip install -e ".[cluster]"。'
        ) from error
    try:
        client = Client(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise ReportgenError(
            f"连不上“{address}”。请核对地址，如 tcp://10.0.0.5:8786，并确认调度程序（dask scheduler）已经启动。"
        ) from error
    try:
        with client:
            _look_at_workers(client, root)
            yield client
    except (CommClosedError, TimeoutError, CancelledError, KilledWorker) as error:
        raise ReportgenError(
            f"与“{address}”的连接断了，或者它的工作进程接连停了。请看调度程序那边的情况，再运行一次，已经做好的不重做。"
        ) from error


def _look_at_workers(client: Client, root: Path) -> None:
    _await_worker(client)
    told = client.run(_tell_fitness, str(root), on_error="return")
    for worker, said in told.items():
        if isinstance(said, BaseException) or said[0] != __version__:
            raise ReportgenError(f"工作进程 {worker}：{_DIFFERENT}")
        if not said[1]:
            raise ReportgenError(
                f"工作进程 {worker} 看不到“{root}”。请把总目录和结果放在各台电脑都能用同一路径打开的共享文件夹里。"
            )


def _await_worker(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=_SECONDS)
    except TimeoutError as error:
        raise ReportgenError(
            "调度程序没有工作进程可用。请在各台电脑上运行 dask worker（写上调度程序的地址），再来一次。"
        ) from error


_DIFFERENT = "没有安装 reportgen，或者与这里的版本不同。请在各台电脑上装同一个版本。"


def _tell_fitness(root: str) -> tuple[str, bool]:
    """Of a worker: its version, and whether it sees the folder."""
    return __version__, Path(root).is_dir()

"""A handful of what ``python -m tests.fuzz.page`` tries by the hundred."""

import asyncio
from itertools import islice
from pathlib import Path

import httpx
import pytest

from tests.conftest import Lay
from tests.fuzz.page.kills import kill_once
from tests.fuzz.page.odd_files import TYPES, iter_odd_files, judge_answer
from tests.page.client import HERE, OWN, Client


def test_odd_files_are_kept_and_told(
    tmp_path: Path, lay_sample: Lay, sample: dict[str, bytes], sample_report: bytes
) -> None:
    folder = lay_sample(tmp_path / "镇")
    client = Client(tmp_path).enter()
    odd = islice(iter_odd_files(sample, sample_report), 0, len(TYPES) + 8, 3)
    for each in odd:
        answer = client.post("/f/镇/receive", files=[("files", each)])
        assert judge_answer(client.finish(answer)) == "", each[0]
        kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        assert each[1] in kept
    assert client.get("/f/镇/overview").status_code == 200


def test_a_crowd_is_served_one_after_the_other(tmp_path: Path, lay_sample: Lay) -> None:
    folder = lay_sample(tmp_path / "镇")
    client = Client(tmp_path).enter()

    async def send_all() -> list[httpx.Response]:
        transport = httpx.ASGITransport(client.guard, client=(client.address, 9))
        async with httpx.AsyncClient(
            transport=transport, base_url=HERE, cookies=client.cookies, headers=OWN
        ) as window:
            return await asyncio.gather(
                *(
                    window.post("/f/镇/receive", files=[("files", ("同名.txt", b"%d" % number))])
                    for number in range(20)
                )
            )

    answers = asyncio.run(send_all())
    assert {answer.status_code for answer in answers} == {303}
    for job in client.office.worker.jobs.values():
        job.future.result(60)
    kept = {path.read_bytes() for path in (folder / "收到").iterdir()}
    assert kept == {b"%d" % number for number in range(20)}


def test_a_page_that_is_killed_has_lost_nothing(tmp_path: Path, sample: dict[str, bytes]) -> None:
    pytest.importorskip("psutil")
    assert kill_once(tmp_path, sample, 0.7) == ""

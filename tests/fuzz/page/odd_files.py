"""Odd files: bombs, wrong types, broken and damaged ones, names that lead elsewhere; and what must be said of each."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator, Mapping

import httpx

from tests.fuzz.bombs.documents import DOCUMENTS
from tests.fuzz.bombs.texts import TEXTS
from tests.fuzz.bombs.workbooks import WORKBOOKS
from tests.fuzz.damage import damaged
from tests.fuzz.page.served import File, read_text
from tests.support.ole import ENCRYPTED

LARGE = 300 << 20
OUR_BUG = "这是软件的问题"
TYPES: Mapping[str, bytes] = {
    "空.xlsx": b"",
    "一个字节.docx": b"P",
    "图片.png": b"\x89PNG\r\n\x1a\n" + b"\0" * 500,
    "照片.xlsx": b"\xff\xd8\xff\xe0" + b"x" * 4000,
    "扫描件.pdf": b"%PDF-1.7\n" + b"x" * 4000,
    "程序.exe": b"MZ" + b"\0" * 4000,
    "页面.xls": b"<html><script>alert(1)</script><table><tr><td>1</td></tr></table>",
    "快捷方式.lnk": b"L\0\0\0" + b"\0" * 200,
    "压缩.rar": b"Rar!\x1a\x07\x01\0" + b"x" * 500,
    "压缩.7z": b"7z\xbc\xaf\x27\x1c" + b"x" * 500,
    "零.xlsx": b"\0" * 5_000_000,
    "加密.xlsx": ENCRYPTED,
    "没下载完.xlsx.crdownload": b"PK\x03\x04" + b"x" * 300,
    "乱码.csv": bytes(range(256)) * 40,
}
NAMES = (
    "../../../建议台账.xlsx", "..\\..\\x.xlsx", "C:\\Windows\\x.xlsx", "/etc/passwd", "CON.xlsx", "a\u202excod.exe",
    "名" * 300 + ".xlsx", "😀.xlsx", "~$锁.xlsx", ".隐藏.xlsx", "'引号\".xlsx", "<b>x</b>.xlsx", "..", ".", "开始.cmd", "%00.xlsx",
)  # fmt: skip


def iter_odd_files(sample: Mapping[str, bytes], report: bytes, seed: int = 0) -> Iterator[File]:
    """Without end: first each sort of its own, then damaged ones by chance."""
    yield from TYPES.items()
    yield "逃出去.zip", zip_slip()
    for name in NAMES:
        yield name, sample["填报/市场监督管理所.xlsx"][:-50]
    for name, (ending, make) in WORKBOOKS.items():
        yield f"{name}{ending}", make()
    for name, (ending, text) in TEXTS.items():
        yield f"{name}{ending}", text()
    for name, change in DOCUMENTS.items():
        yield f"{name}.docx", change(report)
    rng = random.Random(seed)
    originals = [*sample.items(), ("报告.docx", report)]
    for number in iter(int, 1):
        name, content = rng.choice(originals)
        yield f"坏{number}{name.rpartition('/')[2]}", damaged(rng, content)


def zip_slip() -> bytes:
    """A zip whose entries lead out of any folder."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../建议台账.xlsx", b"x")
    return packed.getvalue()


def judge_answer(answer: httpx.Response) -> str:
    """What is wrong with what was said of a file, empty if it is a clear message."""
    text = read_text(answer)
    if answer.status_code not in {200, 400, 413}:
        return f"status {answer.status_code}"
    if OUR_BUG in text or "Traceback" in text:
        return "a fault of ours"
    told = re.search(r"”：|没有接收|没有收到", text)
    return "" if told else "nothing is said of it"

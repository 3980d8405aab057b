"""So many towns' folders through ``batch``, some of them damaged, the run killed in the middle.

``python -m tests.fuzz.towns 1000`` prints what became of them; it fails if a sound folder has no
report, a damaged one has one or no reason, or a report was made twice or is not whole.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import reportgen

REGISTER = "建议台账.xlsx"
TOWN = "永安镇"


def renamed(content: bytes, name: str, town: str = TOWN) -> bytes:
    """A workbook with another town's name in place of this one's."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for entry in source.infolist():
            text = source.read(entry)
            for old, new in ((town.encode(), name.encode()), (in_numbers(town), in_numbers(name))):
                text = text.replace(old, new)
            target.writestr(entry, text)
    return made.getvalue()


def in_numbers(text: str) -> bytes:
    """As it is written in the XML of our own workbooks."""
    return text.encode("ascii", "xmlcharrefreplace")


def cut_short(folder: Path) -> None:
    register = folder / REGISTER
    register.write_bytes(register.read_bytes()[:2000])


def no_register(folder: Path) -> None:
    (folder / REGISTER).unlink()


def no_return(folder: Path) -> None:
    next((folder / "填报").iterdir()).unlink()


def broken_template(folder: Path) -> None:
    (folder / "报告模板.docx").write_bytes(b"PK no document")


DAMAGES: tuple[Callable[[Path], None], ...] = (cut_short, no_register, no_return, broken_template)


def lay(root: Path, count: int, damaged: int) -> set[str]:
    """The folders, in counties of fifty; → the damaged ones."""
    sample = root.parent / "sample"
    reportgen.init(sample, sample=True)
    files = [sample / REGISTER, *(sample / "填报").glob("*.xlsx")]
    contents = {path.relative_to(sample): path.read_bytes() for path in files}
    wrong = set()
    for number in range(count):
        folder = root / f"县{number // 50:02}" / f"镇{number:04}"
        for name, content in contents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(renamed(content, f"第{number}镇"))
        if damaged and number % (count // damaged) == 7 % (count // damaged):
            DAMAGES[number % len(DAMAGES)](folder)
            wrong.add(folder.relative_to(root).as_posix())
    return wrong


def run_and_kill(root: Path, out: Path, half: int) -> None:
    """The command, killed once so many are done."""
    command = [sys.executable, "-m", "reportgen", "batch", str(root), "-o", str(out)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    log = out / "批量记录.jsonl"
    while not log.exists() or log.read_bytes().count(b"\n") < half:
        time.sleep(0.1)
        assert running.poll() is None
    running.kill()
    running.wait()
    time.sleep(5)  # the workers end what they are doing


def main(count: int) -> int:
    """Lay, run, kill, run again, look."""
    place = Path(tempfile.mkdtemp())
    root, out = place / "全省", place / "结果"
    wrong = lay(root, count, max(1, count // 50))
    run_and_kill(root, out, count // 2)
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.docx")}
    used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = reportgen.batch(root, out)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - used.ru_utime - used.ru_stime
    made = Counter(each.outcome for each in done.reports)
    for outcome, number in made.items():
        sys.stdout.write(f"{outcome}：{number}\n")
    reports = list(out.rglob("*.docx"))
    again = [path for path, then in before.items() if path.stat().st_mtime_ns != then]
    broken = [path for path in reports if zipfile.ZipFile(path).testzip() is not None]
    log = [
        json.loads(line)["folder"]
        for line in (out / "批量记录.jsonl").read_text("utf-8").splitlines()
    ]
    twice = [name for name, times in Counter(log).items() if times > 1 and name not in wrong]
    failed = {each.folder for each in done.failed}
    reasons = all(each.errors for each in done.failed)
    new = made["已生成"]
    sys.stdout.write(
        f"{count}个目录，损坏{len(wrong)}个；报告{len(reports)}份；中断前{len(before)}份，重写{len(again)}份，"
        f"不完整{len(broken)}份，记了两次{len(twice)}份；续做{new}份用{time.monotonic() - begun:.0f}秒，处理器{cpu:.0f}秒\n"
    )
    shutil.rmtree(place)
    sound = failed == wrong and reasons and len(reports) == count - len(wrong)
    return int(not sound or bool(again) or bool(broken))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))

"""``python -m tests.support.at_once``: two of every command at once, as real processes, in one folder.

Whatever one of them does to the other, there is no traceback, nothing typed is lost, and what stands
there afterwards is what one command alone would have made.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import reportgen
from tests.support.faults import seen

MADE = "output/永安镇2024年度人大代表建议办理情况的报告.docx"
REPORT = "审改.docx"
HANDED_OUT = "填报/市场监督管理所.xlsx"
COMMANDS: Sequence[Sequence[str]] = (
    ("init", "新"),
    ("forms", "--overwrite", "表样"),
    ("assign", "."),
    ("check", "."),
    ("status", ".", "--today", "2024-11-1"),
    ("build", ".", "--annotate"),
    ("import-ledger", "旧台账.csv", "导入"),
    ("init", "下一年", "--from", "."),
    ("cards", "."),
    ("fields", "."),
    ("sentences", "."),
    ("trace", REPORT, "建议.件数"),
    ("proofread", REPORT, "--comments"),
    ("verify", REPORT, ".", "--comments"),
    ("refresh", REPORT, "."),
    ("finalize", REPORT, ".", "--accept-remarks"),
)
LEDGER = "编号,标题,领衔代表,承办单位\n1,关于修路的建议,张三,农业农村办公室\n2,关于修桥的建议,李四,农业农村办公室\n"


def faults(command: Sequence[str], ready: Path, place: Path) -> list[str]:
    """What is wrong, or failed, after two of a command at once, beside one of it."""
    alone, both = place / "alone", place / "both"
    for folder in (alone, both):
        shutil.copytree(ready, folder)
        if command[0] == "assign":
            (folder / HANDED_OUT).unlink()
    said = [_end(_start(command, alone))]
    running = [_start(command, both) for _ in range(2)]
    said += [_end(each) for each in running]
    wrong = [text for code, text in said if "Traceback" in text or code]
    if sorted(seen(alone)) != sorted(seen(both)):
        wrong.append(f"{sorted(set(seen(both)) ^ set(seen(alone)))}")
    after, right = seen(both), seen(alone)
    kept = {name: content for name, content in seen(ready).items() if name != HANDED_OUT}
    wrong += [name for name, old in kept.items() if after.get(name) not in (old, right.get(name))]
    for folder in (alone, both):
        shutil.rmtree(folder)
    return wrong


def _start(command: Sequence[str], folder: Path) -> subprocess.Popen[bytes]:
    asked = [sys.executable, "-m", "reportgen", *command]
    return subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def _end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    out, _ = process.communicate(timeout=300)
    return process.returncode, out.decode()


def main() -> None:
    """Two of each; print what is wrong."""
    found = 0
    with tempfile.TemporaryDirectory() as scratch:
        ready = Path(scratch) / "永安镇2024"
        reportgen.init(ready, sample=True)
        reportgen.build(ready, ready / "output")
        shutil.copy(ready / MADE, ready / REPORT)
        (ready / "旧台账.csv").write_text(LEDGER, "utf-8")
        for command in COMMANDS:
            wrong = faults(command, ready, Path(scratch))
            found += len(wrong)
            sys.stdout.write(f"{command[0]}: {wrong or 'right'}\n")
            sys.stdout.flush()
    sys.exit(bool(found))


if __name__ == "__main__":
    main()

"""The CPU seconds of each stage of ``build`` in one process, as JSON: ``… FOLDER OUT``."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen import workspace
from reportgen.charts.render import render
from reportgen.commands.folder.template import make_default_template, read_default_sentences
from reportgen.excel.read import reader
from reportgen.reports import KINDS
from reportgen.validation import validate_workbooks
from reportgen.word.render.fill import fill_template
from reportgen.word.template.sentences import Template

SECONDS: dict[str, float] = {}


def main(folder: Path, out: Path) -> None:
    """Every stage by itself, with what the one before it gave."""
    kind = KINDS[0]
    with timed("read"):
        files = [
            workspace.find_register(folder, [KINDS[0].register_file]),
            *workspace.iter_returns(folder),
        ]
        workbooks = [reader.read_workbook(file.content or b"", file.name)[0] for file in files]
    with timed("check"):
        dataset, _ = validate_workbooks([book for book in workbooks if book], tuple(kind.workbooks))
        kind.check(dataset)
    with timed("figures"):
        report = kind.report(dataset)
    with timed("charts"):
        names = ("办理结果", "专题分布", "部门办理")
        pictures = {f"图.{name}": render(report.names["图"][name]) for name in names}
    with timed("template"):
        template = make_default_template(kind)
        sentences = read_default_sentences(kind)
    with timed("assemble"):
        content = fill_template(
            Template(template, sentences), report, lambda chart: pictures[chart.key]
        )
    out.write_bytes(content)
    sys.stdout.write(json.dumps(SECONDS))


@contextmanager
def timed(stage: str) -> Iterator[None]:
    """Note how long this stage takes."""
    clock = time.process_time()
    yield
    SECONDS[stage] = time.process_time() - clock


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

"""``cards``: a page for each item in a department's hands, to print and fill in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from reportgen import workspace
from reportgen.commands.check import check
from reportgen.commands.folder.drawing import choose_drawing
from reportgen.commands.folder.inputs import list_input_paths
from reportgen.commands.folder.template import EDITION
from reportgen.errors import WorkspaceError
from reportgen.nearest_name import find_closest
from reportgen.schema.model import Stage
from reportgen.workspace import SavedFile


@dataclass(frozen=True)
class Cards:
    """The saved document, and how many cards it holds."""

    document: SavedFile
    count: int


def cards(folder: Path, out: Path, department: str = "") -> Cards:
    """Save the cards of one department, or of all of them, as a Word document.

    Raises:
        WorkspaceError: no item is in that department's hands, or in anybody's.
    """
    from reportgen.reports.cards import cards as of_department  # noqa: PLC0415
    from reportgen.reports.cards import count, outline  # noqa: PLC0415
    from reportgen.word.render.fill import fill_template  # noqa: PLC0415
    from reportgen.word.template import gongwen  # noqa: PLC0415
    from reportgen.word.template.sentences import Template  # noqa: PLC0415

    workspace.refuse_among_returns(folder, out)
    checked = check(folder, stage=Stage.HAND_OUT)
    kind = checked.kind
    names = list(kind.handed_out(checked.dataset)) if kind.hand_outs else []
    if not names or department not in ("", *names):
        raise WorkspaceError(_nothing_for(department, names))
    report = of_department(kind, checked.dataset, department, EDITION.date())
    template = gongwen.build_template(outline(kind, checked.dataset), date=EDITION.date())
    name = workspace.to_file_name(report.title) + ".docx"
    renewed = workspace.save_outputs(
        out,
        {name: fill_template(Template(template), report, choose_drawing("picture"))},
        workspace.maker_of("cards", folder, out),
        list_input_paths(folder, checked.files, kind),
    )
    return Cards(renewed.saved[0], count(report))


def _nothing_for(department: str, names: list[str]) -> str:
    if not names:
        return "台账里还没有交给部门办理的件，没有卡片可以打印。请先填好台账。"
    near = find_closest(department, names)
    hint = f"是不是“{near}”？" if near else f"有件的部门：{'、'.join(names)}。"
    return f"台账里没有交给“{department}”办理的件。{hint}请写部门的全称。"

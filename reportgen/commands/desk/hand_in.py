"""What an owner hands in over the network: every file kept as it came, then its return among the returns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from reportgen import workspace
from reportgen.commands.check import CheckedFolder
from reportgen.commands.desk.receive import Sort, receive, recognise
from reportgen.excel.read import reader
from reportgen.validation import validate_workbooks
from reportgen.workspace.files import digest

LOG = "记录.jsonl"
"""In 网上交表: a line for every file that came."""
MOST_KEPT = 300
"""So many files of one owner are taken."""
TAKEN = "“{name}”：已收到，放入填报表。"
LETTER = "“{name}”：已收到，放入{folder}，等交办机关审核。"
TWICE = "“{name}”：与以前交的一份完全一样，已收到过。"
OF_ANOTHER = "“{name}”：这不是{owner}的填报表，没有采用。请用这一页下载的表填报。"
NO_RETURN = "“{name}”：这不是发出的填报表（{sort}），没有采用。请用这一页下载的表填好再交。"
UNSURE = "“{name}”：看不出是哪个部门的填报表，没有采用。请与交办机关联系。"
UNREADABLE = "“{name}”：读不出来，没有采用。请在 Excel 或 WPS 中打开，另存为 .xlsx 再交。"
File = tuple[str, bytes]
"""Its name as sent, which is only a text, and its content."""


def keep_files(folder: Path, owner: str, files: Sequence[File], now: dt.datetime) -> None:
    """Keep files in 网上交表 under their time and hash; nothing that is there is overwritten.

    Raises:
        WorkspaceError: the folder cannot be written to.
    """
    place = _place_of(folder, owner)
    workspace.ensure_folder(place)
    for name, content in files:
        suffix = PurePosixPath(workspace.to_safe_name(name)).suffix
        stem = f"{now:%Y%m%d-%H%M%S-%f}-{digest(content)[:16]}"
        saved = workspace.save_new(place, f"{stem}{suffix}", content)
        told = {
            "时间": now.isoformat(), "部门": owner, "原名": name, "字节": len(content),
            "SHA-256": digest(content), "存为": saved.path.name,
        }  # fmt: skip
        line = json.dumps(told, ensure_ascii=False).encode(errors="replace").decode()
        workspace.append_line(folder / workspace.HANDED_IN / LOG, line)


def has_room(folder: Path, owner: str, files: Sequence[File]) -> bool:
    """Whether so many more are taken of this owner."""
    place = _place_of(folder, owner)
    kept = len(list(place.iterdir())) if place.is_dir() else 0
    return kept + len(files) <= MOST_KEPT


def _place_of(folder: Path, owner: str) -> Path:
    return folder / workspace.HANDED_IN / workspace.to_file_name(owner)


def hand_in(folder: Path, checked: CheckedFolder, owner: str, files: Sequence[File]) -> list[str]:
    """Lay the returns among these files under 填报, in the owner's name, and its letters beside; a sentence for each.

    ``checked``: the folder, of which the register tells whose a return is.
    """
    return [_take(folder, checked, owner, name, content) for name, content in files]


def _take(folder: Path, checked: CheckedFolder, owner: str, sent: str, content: bytes) -> str:
    known = recognise(content, checked.kind)
    shown = PurePosixPath(sent.replace("\\", "/")).name
    if known.sort is Sort.PAPER:
        (kept,) = receive(folder, [(f"{owner}-{workspace.to_safe_name(shown)}", content)])
        return (TWICE if kept.twice else LETTER).format(name=shown, folder=known.folder)
    if known.sort is Sort.OTHER:
        return UNREADABLE.format(name=shown)
    if known.sort is not Sort.RETURN:
        return NO_RETURN.format(name=shown, sort=known.sort)
    name = f"{workspace.to_file_name(owner)}{_choose_suffix(sent)}"
    if (whose := find_owner(checked, name, content)) != owner:
        return (OF_ANOTHER if whose else UNSURE).format(name=shown, owner=owner)
    (kept,) = receive(folder, [(name, content)])
    return (TWICE if kept.twice else TAKEN).format(name=shown)


def _choose_suffix(sent: str) -> str:
    suffix = PurePosixPath(workspace.to_safe_name(sent)).suffix
    return suffix if suffix in {".xlsx", ".xlsm", ".xls", ".et", ".ods"} else ".xlsx"


def find_owner(checked: CheckedFolder, name: str, content: bytes) -> str | None:
    """Whose return it would be under that name in 填报, by the register that was checked."""
    workbook, _ = reader.read_workbook(content, f"{workspace.RETURNS}/{name}")
    office = checked.files[0].name
    register = [each for each in checked.workbooks if each.file == office]
    if workbook is None or not register:
        return None
    dataset, _ = validate_workbooks([*register, workbook], tuple(checked.kind.workbooks))
    return next(iter(dataset.returned), None)

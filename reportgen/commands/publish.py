"""``publish``: copies for the website of the papers that passed the review, without what is private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen import workspace
from reportgen.commands.check import check
from reportgen.commands.folder.inputs import list_input_paths
from reportgen.commands.folder.progress import Progress
from reportgen.commands.review import keep_out_of, read_papers, read_rounds
from reportgen.errors import WorkspaceError
from reportgen.schema.model import Stage

if TYPE_CHECKING:
    from reportgen.reports.review import Paper, Publication, Publishing
    from reportgen.workspace import SavedFile

COPIES = "公开稿"
"""The folder of the copies, in that of the review's results."""


@dataclass(frozen=True)
class PublicPaper:
    """A paper and its copy; ``removed``: what is not in it; ``refused``: why there is no copy."""

    file: str
    copy: SavedFile | None = None
    removed: Sequence[str] = ()
    refused: str = ""
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Published:
    """Every paper in order; ``withdrawn``: earlier copies that may no longer be published, put aside.

    ``kept``: those of them that somebody edited.
    """

    papers: Sequence[PublicPaper]
    withdrawn: Sequence[Path] = ()
    kept: Sequence[Path] = ()


def publish(folder: Path, out: Path, progress: Progress = lambda *_: None) -> Published:
    """Make the copies; those of papers that no longer pass are put aside.

    Raises:
        WorkspaceError: this kind publishes no papers, or there are none.
    """
    workspace.refuse_among_returns(folder, out)
    checked = check(folder, stage=Stage.CHECK)
    rules = checked.kind.review
    if rules is None or rules.publishing is None:
        raise WorkspaceError(f"“{checked.kind.name}”没有要公开的文书。")
    keep_out_of(folder / rules.folder, out)
    files, papers = read_papers(folder, rules, progress)
    publishing = rules.publishing()
    chosen = publishing.choose(checked.dataset, papers, read_rounds(folder, rules))
    contents = {file.name: file.content or b"" for file in files}
    names = _name_copies(chosen)
    made = [
        _make(contents[each.file], each, paper, publishing)
        for each, paper in zip(chosen, papers, strict=True)
    ]
    content = {names[one.file]: copy for one, copy in made if copy}
    place = out / rules.out / COPIES
    if not content and not place.exists():
        return Published([one for one, _ in made])
    inputs = [
        *list_input_paths(folder, checked.files, checked.kind),
        *(folder / file.name for file in files),
    ]
    maker = workspace.maker_of("publish", folder, place)
    renewed = workspace.save_outputs(place, content, maker, inputs, all_of_it=True)
    saved = dict(zip(content, renewed.saved, strict=True))
    done = [_with_copy(one, saved.get(names.get(one.file, ""))) for one, _ in made]
    return Published(done, renewed.removed, renewed.kept)


def _name_copies(chosen: Sequence[Publication]) -> Mapping[str, str]:
    """By paper, its copy's name; a second one of the same name is numbered."""
    taken: Counter[str] = Counter()
    found = {}
    for each in chosen:
        if not each.refused:
            name = workspace.to_file_name(each.name)
            taken[name] += 1
            found[each.file] = f"{name}{f'-{taken[name]}' if taken[name] > 1 else ''}.docx"
    return found


def _make(
    content: bytes, each: Publication, paper: Paper, rules: Publishing
) -> tuple[PublicPaper, bytes]:
    """The paper's copy; none of one that carries along what nobody sees."""
    from reportgen.word.after.cut_words import Cut  # noqa: PLC0415
    from reportgen.word.after.finalize import make_public_copy  # noqa: PLC0415

    if each.refused:
        return PublicPaper(each.file, refused=each.refused), b""
    made = make_public_copy(
        content, each.title, each.date,
        lambda text: [Cut(one.begin, one.end, one.what, one.instead) for one in rules.private(text)],
    )  # fmt: skip
    unseen = [f"{found.title}（{found.place}）" for found in made.final.find_left_over()]
    if unseen:
        why = f"里面有读者看不见或会带出去的内容：{'、'.join(unseen)}，请在 Word 里去掉"
        return PublicPaper(each.file, refused=why), b""
    removed = [f"{what}“{words.strip()}”" for what, words in dict.fromkeys(made.cut)]
    removed += [f"批注{paper.comments}条"] if paper.comments else []
    removed += [f"修订痕迹{paper.changes}处"] if paper.changes else []
    return PublicPaper(
        each.file, None, [*removed, "作者等文档信息"], notes=each.notes
    ), made.final.to_bytes()


def _with_copy(one: PublicPaper, saved: SavedFile | None) -> PublicPaper:
    return PublicPaper(one.file, saved, one.removed, one.refused, one.notes)

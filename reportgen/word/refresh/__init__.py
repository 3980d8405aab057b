"""New data into an edited report, with every edit kept: a merge of three reports.

The report as made stands in the record inside it; the other two are the report as people have
edited it and one made from the data as they are now.  What the data changed and people did not is
taken from the new report; what people changed stays; where both changed the same, people's stays
and is told, with what the data would say.  In the end every live figure shows its value of now,
and the report carries the new report's record, so that it can be refreshed again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.word.after.comments import OF_ANOTHER_YEAR, drop_own_comments, years_left
from reportgen.word.compare.findings import Finding
from reportgen.word.compare.places import name_places
from reportgen.word.document import fields
from reportgen.word.document.reader import OpenedReport, open_report
from reportgen.word.document.text_rows import iter_row_notes
from reportgen.word.refresh.handwritten import (
    comment_sentences,
    find_handwritten,
    find_other_year_sentences,
)
from reportgen.word.refresh.merge_body import BodyMerge
from reportgen.word.refresh.merge_headers_footers import renew_edges
from reportgen.word.refresh.range_marks import RangePairs
from reportgen.word.refresh.renew_figures import find_overtyped, find_shown_keys, renew_all_figures
from reportgen.word.refresh.renew_pictures import renew_pictures
from reportgen.word.refresh.state import RefreshState
from reportgen.word.xml.package import to_xml
from reportgen.word.xml.revisions import MARK
from reportgen.word.xml.wml import remove_element, w


@dataclass(frozen=True)
class RefreshResult:
    """The renewed .docx, what could not be merged, and how often what was done.

    ``done``: by ``figure``, ``text``, ``cell``, ``row``, ``added``, ``removed``, ``picture``.
    """

    content: bytes
    findings: Sequence[Finding]
    done: Mapping[str, int]


def refresh_report(edited: bytes, fresh: bytes) -> RefreshResult:
    """The edited report with what ``fresh``, made from the data as they are, says anew.

    Raises:
        ReportError: one of them cannot be read, or is no report of ours.
    """
    return merge_reports(open_report(edited), open_report(fresh))


def merge_reports(edited: OpenedReport, fresh: OpenedReport) -> RefreshResult:
    """The same for reports that are opened; what ``edited`` holds is changed thereby."""
    state = RefreshState(edited, fresh)
    others, left = find_other_year_sentences(state), years_left(edited)
    but = "" if others else OF_ANOTHER_YEAR
    state.changed |= drop_own_comments(edited.package, edited.trees, but=but)
    document = edited.package.document
    pairs = RangePairs(edited.trees[document])
    state.findings += [*find_overtyped(state), *find_handwritten(state)]
    state.findings += others or left
    BodyMerge(state).merge_items()
    renew_edges(state)
    renew_pictures(state)
    renew_all_figures(state)
    _rename_bookmarks(state)
    comment_sentences(state, others)
    if pairs.close():
        state.changed.add(document)
    return RefreshResult(_pack_report(state), _placed(state), state.done)


def _placed(state: RefreshState) -> list[Finding]:
    """The findings with the places that a reader knows; what was left out, with its new report's."""
    found = dict.fromkeys(state.findings)
    left_out = [each for each in found if each.kind == "left-out"]
    others = [each for each in found if each.kind not in {"left-out", "order-kept"}]
    now, new = state.now.reading.content, state.new.reading.content
    places = dict(zip(left_out, name_places(left_out, state.made, new), strict=True))
    places |= dict(zip(others, name_places(others, state.made, now), strict=True))
    return [places.get(each, each) for each in found]


def _rename_bookmarks(state: RefreshState) -> None:
    """Bookmarks under the new record's names; those it does not know go."""
    fresh = {origin: mark for mark, origin in state.new_origins.items()}
    names = {mark: fresh.get(origin) for mark, origin in state.origins.items()}
    if all(mark == name for mark, name in names.items()):
        return
    _rename_in_rows_aside(state, names)
    came = set(state.graft.marks)
    for part, tree in state.now.trees.items():
        ends = {end.get(w("id")): end for end in tree.iter(w("bookmarkEnd"))}
        for start in list(tree.iter(w("bookmarkStart"))):
            name = start.get(w("name"), "")
            if start in came or not name.startswith(MARK) or names.get(name) == name:
                continue
            state.changed.add(part)
            new = names.get(name)
            if new is not None:
                start.set(w("name"), new)
                continue
            for mark in (start, ends.get(start.get(w("id")))):
                if mark is not None:
                    remove_element(mark)


def _rename_in_rows_aside(state: RefreshState, names: Mapping[str, str | None]) -> None:
    """The same in rows set aside; those that lose a bookmark are taken out."""
    aside, document = state.now.aside, state.now.package.document
    for note in list(iter_row_notes(state.now.trees[document])):
        number = int(note.text)
        if number in state.rows_added:
            continue
        if any(names.get(mark) is None for mark in aside.marks(number)):
            aside.taken_out(note)
        elif aside.rename(number, names):
            state.changed.add(document)


def _pack_report(state: RefreshState) -> bytes:
    package, record = state.now.package, state.new.reading.record
    for name in state.changed:
        package.parts[name] = state.now.aside.joined(to_xml(state.now.trees[name]))
    made = [key for key in state.new.reading.properties if key in state.figures]
    keys = dict.fromkeys([*made, *find_shown_keys(state)])
    fields.add_properties(package, {key: state.figures[key] for key in keys}, state.old_figures)
    fields.add_record(package, record)
    then = state.now.reading.record
    package.redescribe({then.get(name, ""): record[name] for name in ("title", "author", "date")})
    return package.to_bytes(dt.date.fromisoformat(record["date"]))

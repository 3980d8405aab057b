"""Headers, footers, notes and text boxes: renewed by what they say, as other programs copy them."""

from __future__ import annotations

from collections.abc import Mapping

from reportgen.word.compare.alignment import group_paragraphs
from reportgen.word.compare.findings import Finding, make_finding
from reportgen.word.document.model import Paragraph
from reportgen.word.refresh.block_match import match_in_order
from reportgen.word.refresh.state import RefreshState


def renew_edges(state: RefreshState) -> None:
    """Renew each text that is still as made, and merge one that was edited."""
    made, new = state.made.edges, state.new.reading.content.edges
    places = match_in_order(made, new, range(len(made)), range(len(new)))
    partners = {each.signature: new[places[at_]] if at_ in places else None
                for at_, each in enumerate(made)}  # fmt: skip
    before = {each.signature: each for each in made}
    here = {each.signature for each in state.now.reading.content.edges}
    for now in state.now.reading.content.edges:
        if now.signature in before:
            _renew_edge(state, before[now.signature], now, partners[now.signature])
    left = [each for signed, each in before.items() if signed not in here]
    edited = [each for each in state.now.reading.content.edges if each.signature not in before]
    for group in group_paragraphs(left, edited):
        _merge_group(state, group.made, group.now, partners)
    for at_, each in enumerate(new):
        if at_ not in places.values():
            state.findings.append(Finding("left-out", each.place, "", each.text))


def _renew_edge(
    state: RefreshState, made: Paragraph, now: Paragraph, new: Paragraph | None
) -> None:
    if new is not None:
        state.text(made, now, new)
        return
    element = state.element(now)
    parent = element.getparent()  # which must keep a paragraph
    if parent is not None and len(parent) > 1 and not state.overtyped([now]):
        state.remove(element, now.part)
    else:
        state.findings.append(make_finding("gone-kept", now, now.text, ""))


def _merge_group(
    state: RefreshState,
    made: list[Paragraph],
    now: list[Paragraph],
    partners: Mapping[str, Paragraph | None],
) -> None:
    for one in made:
        new = partners[one.signature]
        if len(made) == len(now) == 1 and new is not None:
            state.text(one, now[0], new)
        elif now and (new is None or new.signature != one.signature):
            words = new.text if new is not None else ""
            state.findings.append(make_finding("text-kept", now[0], now[0].text, words))

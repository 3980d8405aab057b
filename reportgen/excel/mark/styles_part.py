"""New looks in the styles of somebody's workbook, beside those that are there.

Nothing there is changed or renumbered; a look that is there already, word for word, is used again,
so that marking a workbook twice adds nothing the second time.
"""

from __future__ import annotations

from reportgen.excel.mark.xml_edit import (
    ElementSpan,
    UnfitError,
    append_child,
    apply_edits,
    insert_child,
    make_fragment,
    parse_outline,
    set_attribute,
)

_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")


class StylesPart:
    """The styles part with looks to be added; ``index`` tells where each will stand."""

    def __init__(self, xml: bytes) -> None:
        root = parse_outline(xml)
        self._xml = xml if root.child("dxfs") else _add_dxfs_group(xml, root)
        self._root = parse_outline(self._xml)
        self._found = {group.name: self._texts(group) for group in self._root.children}
        self._new: dict[str, list[bytes]] = {}

    def index(self, group: str, look: str) -> int:
        """The number of a look in its group: fonts, fills, borders, cellXfs or dxfs."""
        if group not in self._found:
            raise UnfitError
        content = make_fragment(self._root, self._xml, look)
        known = self._found[group]
        if content not in known:
            known.append(content)
            self._new.setdefault(group, []).append(content)
        return known.index(content)

    def xml(self) -> bytes:
        """The part with the new looks."""
        edits = []
        for name, looks in self._new.items():
            group = self._root.child(name)
            assert group is not None
            edits.append(set_attribute(self._xml, group, "count", str(len(self._found[name]))))
            edits.append(append_child(self._xml, group, b"".join(looks)))
        return apply_edits(self._xml, edits)

    def _texts(self, group: ElementSpan) -> list[bytes]:
        return [self._xml[child.start : child.end] for child in group.children]


def _add_dxfs_group(xml: bytes, root: ElementSpan) -> bytes:
    group = make_fragment(root, xml, '<dxfs count="0"></dxfs>')
    return apply_edits(xml, [insert_child(root, _ORDER, "dxfs", group)])

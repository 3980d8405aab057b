"""The quiet look of tags in a written-out template, which no finished report keeps.

It is a character style, so that an office can give it to tags of its own.  People also type on
behind a tag and have its look by that; so it goes from all text, not from the tags alone.  Programs
rename a style's id when they save, not its name.
"""

from __future__ import annotations

from collections.abc import Collection

from lxml import etree

from reportgen.word.xml.wml import remove_element, w

TAG_STYLE, TAG_STYLE_ID = "模板标签", "TemplateTag"


def drop_tag_style(root: etree._Element, ids: Collection[str]) -> None:
    """Take the look of tags from all text of a part, in place; ``ids``: of styles that are it."""
    worn = [each for each in root.iter(w("rStyle")) if each.get(w("val")) in ids] if ids else []
    for each in worn:
        properties = each.getparent()
        remove_element(each)
        if properties is not None and not len(properties):
            remove_element(properties)


def find_tag_styles(styles: etree._Element) -> frozenset[str]:
    """The ids of the styles that are the look of tags."""
    return frozenset(
        style.get(w("styleId"), "")
        for style in styles.iter(w("style"))
        if any(name.get(w("val")) == TAG_STYLE for name in style.iter(w("name")))
    )

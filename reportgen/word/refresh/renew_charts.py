"""The data of charts that Word draws itself, renewed; whatever a person has restyled stays."""

from __future__ import annotations

import copy

from lxml import etree

from reportgen.facts.report import WORKBOOK
from reportgen.word.document.chart_reader import c, list_series
from reportgen.word.xml.package import OFFICE, WordPackage, parse_xml_part, to_xml
from reportgen.word.xml.wml import C, R, parse_whole_number, remove_element

_DATA = (c("tx"), c("cat"), c("val"))
_OF_A_POINT = (c("dPt"), c("dLbl"))
_BEFORE_NAME = (c("idx"), c("order"))
_BEHIND_DATA = (c("smooth"), c("shape"), c("extLst"))


def renew_chart(now: WordPackage, part: str, fresh: WordPackage, fresh_part: str) -> None:
    """Put the data of a chart of the new report, and its workbook, into a chart as it is."""
    root, source = (
        parse_xml_part(package.parts[name]) for package, name in ((now, part), (fresh, fresh_part))
    )
    _renew_series(root, source)
    _renew_workbook(now, part, root, _find_workbook(fresh, fresh_part))
    now.parts[part] = to_xml(root)


def _renew_series(root: etree._Element, source: etree._Element) -> None:
    """Series by series, as they are drawn; those that came are like the new chart's."""
    old, new = list_series(root), list_series(source)
    for series, data in zip(old, new, strict=False):
        _renew_data(series, data)
    for series in old[len(new) :]:
        remove_element(series)
    for data in new[len(old) :]:
        series = copy.deepcopy(data)
        old[-1].addnext(series)
        old.append(series)
    for number, series in enumerate(old[: len(new)]):
        for name in _BEFORE_NAME:
            for each in series.findall(name):
                each.set("val", str(number))


def _renew_data(series: etree._Element, data: etree._Element) -> None:
    """The name, the categories and the values; looks of points that are no more go."""
    for name in _DATA:
        fresh, stale = data.find(name), series.find(name)
        if fresh is None:
            continue
        if stale is not None:
            series.replace(stale, copy.deepcopy(fresh))
        else:
            _insert_data(series, copy.deepcopy(fresh))
    points = len(list(data.iterfind(f"{c('val')}//{c('pt')}")))
    for each in list(series.iter(*_OF_A_POINT)):
        place = each.find(c("idx"))
        if place is not None and parse_whole_number(place.get("val")) >= points:
            remove_element(each)


def _insert_data(series: etree._Element, data: etree._Element) -> None:
    """Where the format asks for it: the name behind the numbers, the rest at the end."""
    after = [each for each in series if each.tag in _BEFORE_NAME]
    if data.tag == c("tx"):
        series.insert(series.index(after[-1]) + 1 if after else 0, data)
        return
    end = next((each for each in series if each.tag in _BEHIND_DATA), None)
    if data.tag == c("cat"):
        end = series.find(c("val")) if series.find(c("val")) is not None else end
    if end is not None:
        end.addprevious(data)
    else:
        series.append(data)


def _find_workbook(package: WordPackage, part: str) -> tuple[bytes, str]:
    """The workbook of a chart, and of what type it is."""
    name = next(link.part for link in package.linked(part) if link.type == "package")
    return package.parts[name], package.type_of(name)


def _renew_workbook(
    package: WordPackage, part: str, root: etree._Element, fresh: tuple[bytes, str]
) -> None:
    """Under the chart's own relation; one whose workbook a program has lost gets one again.

    A workbook that several charts share stays: another chart's data are in it.
    """
    kept = root.find(c("externalData"))
    identity = kept.get(f"{{{R}}}id", "") if kept is not None else ""
    known = {link.id: link.part for link in package.linked(part)}
    name = package.free_name("word/embeddings/Microsoft_Excel_Sheet{}.xlsx")
    if identity in known and _count_users(package, known[identity]) == 1:
        name = known[identity]
    elif kept is not None:
        remove_element(kept)
        kept = None
    package.put(name, *fresh)
    if kept is None:
        _add_external_data(root, package.link(part, name, f"{OFFICE}/package"))


def _count_users(package: WordPackage, workbook: str) -> int:
    return sum(link.part == workbook for name in package.parts for link in package.linked(name))


def _add_external_data(root: etree._Element, identity: str) -> None:
    """Before what the format has behind it."""
    made = etree.Element(c("externalData"), {f"{{{R}}}id": identity or WORKBOOK}, nsmap={"c": C})
    etree.SubElement(made, c("autoUpdate"), val="0")
    behind = next((each for each in root if each.tag in _BEHIND_LINK), None)
    if behind is not None:
        behind.addprevious(made)
    else:
        root.append(made)


_BEHIND_LINK = (c("printSettings"), c("userShapes"), c("extLst"))

"""What every paper of the handing-out office may name: who it is, its number, date and whom to ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reportgen.data import Dataset, day_in_words
from reportgen.facts.report import Node
from reportgen.reports.papers import SLOT


def name_office(dataset: Dataset, day: dt.date) -> Mapping[str, Node]:
    """The names; what the register does not tell is an open slot, a number only where it has 机关代字."""
    settings = dataset.settings
    code = str(settings.get("机关代字") or "")
    return {
        "发文机关": full_name(dataset),
        "年度": str(settings.get("年度") or SLOT),
        "文号": f"{code}〔{day.year}〕{SLOT}号" if code else "",
        "成文日期": day_in_words(day),
        "联系人": str(settings.get("联系人") or SLOT),
        "联系电话": str(settings.get("联系电话") or SLOT),
        "回执名称": str(settings.get("回执名称") or "征询意见表"),
    }


def full_name(dataset: Dataset) -> str:
    """人大机构名称 with the place before it, which the report leaves out: 永安镇人大主席团."""
    name = str(dataset.settings.get("人大机构名称") or SLOT)
    place = str(dataset.settings.get("单位名称") or "")
    return f"{place[:-1]}{name}" if place and name.startswith(place[-1]) else name

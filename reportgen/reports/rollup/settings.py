"""汇总设置: what the office says of its report on many units, in a workbook beside their folders."""

from __future__ import annotations

import datetime as dt

from reportgen.data import Dataset
from reportgen.reports.rollup.tree import Heading
from reportgen.schema.columns import Day, Name, WholeNumber
from reportgen.schema.model import Column, Sheet, Workbook

SETTINGS = Workbook(
    "汇总设置",
    1,
    (
        Sheet(
            "基本信息",
            (
                Column("单位名称", Name(), "汇总的是哪里，写在标题里，如：永和县"),
                Column("署名", Name(), "写在报告末尾，如：永和县人民政府办公室"),
                Column("成文日期", Day(), "写在报告末尾"),
                Column(
                    "占比小数位数",
                    WholeNumber(0, 2, example="1"),
                    "占比、比率保留几位小数，不填的为1位",
                ),
            ),
            "逐项填写，放在总目录里；没有的不填。",
            layout="pairs",
        ),
    ),
    purpose="汇总报告的标题、署名和日期。",
)


def read_heading(dataset: Dataset) -> Heading:
    """What the workbook holds; what is not filled in is as if there were none."""
    settings = dataset.settings
    day, places = settings.get("成文日期"), settings.get("占比小数位数")
    return Heading(
        str(settings.get("单位名称") or ""),
        str(settings.get("署名") or ""),
        day if isinstance(day, dt.date) else None,
        places if isinstance(places, int) else Heading().places,
    )

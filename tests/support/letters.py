"""Reply letters as Word documents, built from plain lines: for the tests of the letters' shelf."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from reportgen.reports.review import Line, Paper
from reportgen.word.document.plain_lines import read_plain_lines

SHEETS = Path(__file__).parents[1] / "data" / "letter_sheets.json"
"""54 published letters as structured facts, persons and numbers masked."""

_BOX = """<w:r {ns} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>
<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx></w:drawing></mc:Choice>
<mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


@dataclass(frozen=True)
class Draft:
    """What a letter is built from; ``box``: in a text box, ``header``: in the page's header.

    ``table``: cells of a row behind the lines; ``inserted``: a line inserted with tracking.
    """

    lines: Sequence[str]
    box: str = ""
    header: str = ""
    table: Sequence[str] = ()
    inserted: str = ""
    comment: str = ""

    def to_bytes(self) -> bytes:
        """The letter as .docx."""
        document = docx.Document()
        for text in self.lines:
            document.add_paragraph(text)
        if self.box:
            document.paragraphs[0]._p.append(parse_xml(_BOX.format(ns=nsdecls("w"), text=self.box)))
        if self.header:
            document.sections[0].header.paragraphs[0].text = self.header
        if self.table:
            row = document.add_table(rows=1, cols=len(self.table)).rows[0]
            for cell, text in zip(row.cells, self.table, strict=True):
                cell.text = text
        if self.inserted:
            run = document.add_paragraph().add_run(self.inserted)._r
            change = OxmlElement("w:ins")
            change.set(qn("w:id"), "900")
            change.set(qn("w:author"), "甲")
            run.addprevious(change)
            change.append(run)
        if self.comment:
            document.add_comment(document.paragraphs[0].runs, self.comment, "甲", "甲")
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()


def as_paper(content: bytes, name: str = "答复函/信.docx") -> Paper:
    """As the command hands it on."""
    read = read_plain_lines(content)
    return Paper(name, [Line(*line) for line in read.lines], read.changes, read.comments)


@dataclass(frozen=True)
class Sheet:
    """One published letter's fact sheet."""

    facts: dict[str, Any] = field(repr=False)

    def __str__(self) -> str:
        return str(self.facts["id"])

    @property
    def draft(self) -> Draft:
        """A letter whose head and tail are as the sheet says, the words in between ours."""
        role = self.facts["addressee"]["role"]
        kind = "提案" if role == "委员" else "建议"
        head = [text for text in (*self._marks(), self._title(kind)) if text]
        middle = [self._opening(kind), "我单位已安排专人办理，相关工作正在推进。"]
        return Draft([*head, self._addressee(role), *middle, *self._closing(), *self._tail()])

    def _marks(self) -> list[str]:
        mark, number = self.facts["class_mark"], self.facts["doc_number"] or ""
        signer = "签发人：×××" if self.facts["signer_line"] else ""
        value = mark["value"] if mark else ""
        shown = {
            "类别:X": f"类别：{value}", "办理结果:X": f"办理结果：{value}", "单独一行X": value,
            "文号后X类/(X类)": f"{number}{value}类",
        }.get(mark["form"] if mark else "", "")  # fmt: skip
        if mark and mark["form"].startswith("文号后"):
            return [shown or value, signer]
        return [shown, f"{number}　{signer}".strip("　")]

    def _title(self, kind: str) -> str:
        facts = self.facts
        if not facts["head_shown"] or not facts["title_form"]:
            return ""
        start = (facts["title_start"] or "").rstrip("…")
        number = facts["item_number_in_title"]
        if number and not any(f"{number}{sign}" in start for sign in ("号", "建议")):
            if "第" in start[-8:]:
                start = start[: start.rindex("第")]
            start += f"第{number}号{kind}"
        forms = {"…答复/回复的函": "答复的函", "其他": ""}
        end = forms.get(facts["title_form"], facts["title_form"].lstrip("…的"))
        return start if end and end in start[-8:] else f"{start}的{end}" if end else start

    def _addressee(self, role: str) -> str:
        told = self.facts["addressee"]
        names = "、".join(["张某某", "李某", "王某某", "赵某", "钱某某", "孙某"][: told["named"]])
        etc = (
            f"等{told['count_said'] or ''}{'名' if told['count_said'] else ''}"
            if told["etc"]
            else ""
        )
        honorific = "尊敬的" if told["honorific"] else ""
        return f"{honorific}{names}{etc}{role}{'：' if told['colon'] else ''}"

    def _opening(self, kind: str) -> str:
        opening = self.facts["opening"]
        number = self.facts["item_number_in_opening"]
        left, right = {"《》": ("《", "》"), "“”": ("“", "”")}.get(
            opening["title_quoted"], (" ", " ")
        )
        quoted = f"{left}关于硬化村内道路的建议{right}".strip()
        session = "在第十八届人民代表大会第二次会议上" if opening["session_named"] else ""
        told = f"您{session}提出的{quoted}" + (f"（第{number}号）" if number else "")
        received = "收悉" if opening["received"] else ""
        handed = "，已交我单位办理" if opening["handed_over"] else ""
        return f"{told}{received}{handed}。" + ("现答复如下：" if opening["as_follows"] else "")

    def _closing(self) -> list[str]:
        closing = self.facts["closing"]
        lines = ["感谢您对我们工作的关心和支持。"] if closing["thanks"] else []
        asked = "征询意见表" if closing["form_named"] else "意见"
        return lines + ([f"请将{asked}反馈我单位。"] if closing["asks_feedback"] else [])

    def _tail(self) -> list[str]:
        tail = self.facts["tail"]
        if tail is None:
            return []
        contact = f"联系人：周某某{'　联系电话：0877-1234567' if tail['phone'] else ''}"
        phone = "联系电话：0877-1234567" if tail["phone"] and not tail["contact_name"] else ""
        return [
            text
            for text in (
                "某县交通运输局" if tail["signed_by"] else "",
                ("2023年5月18日" if tail["date_form_ok"] else "二0二三年五月十八日")
                if tail["date"]
                else "",
                contact if tail["contact_name"] else phone,
                "抄送：县人大常委会代表工委" if tail["cc"] else "",
            )
            if text
        ]


def fact_sheets() -> list[Sheet]:
    """All of them."""
    return [Sheet(each) for each in json.loads(SHEETS.read_text("utf-8"))]


@dataclass(frozen=True)
class Round:
    """One department's clean letter of the 永安镇 case, by its parts, so that tests can change one."""

    mark: str = "类别：A"
    doc_number: str = "永市监函〔2024〕6号"
    title: str = "关于永安镇第十九届人民代表大会第三次会议第6号建议的答复"
    addressee: str = "张庆理代表："
    opening: str = "您提出的《关于加强食品安全工作的建议》（第6号）收悉。经会同社会事务办公室研究，现答复如下："
    answer: Sequence[str] = (
        "一、开展食品安全专项检查。我所会同有关部门检查食品生产经营单位7家次、学校食堂2家次，发现的隐患已经逐条督促整改，整改后又逐家复查。",
        "二、建立长效机制。对学校周边的小食品店实行每月一次的巡查，巡查结果在镇政府公示栏公布。",
        "三、社会事务办公室的会办意见：学校食堂由学校负责人每天查看，从业人员持健康证上岗。",
    )
    closing: str = "感谢您对我们工作的关心和支持。请填写所附的征询意见表。"
    unit: str = "市场监督管理所"
    date: str = "2024年6月4日"
    contact: str = "联系人：陈晨　电话：0931-1234567"
    extra: Sequence[str] = ()

    @property
    def lines(self) -> list[str]:
        """Its paragraphs; what is empty is left out."""
        head = (self.mark, self.doc_number, self.title, self.addressee, self.opening)
        tail = (self.closing, self.unit, self.date, self.contact, *self.extra)
        return [text for text in (*head, *self.answer, *tail) if text]

    def to_bytes(self, **draft: Any) -> bytes:
        """As .docx; ``draft``: as of a Draft."""
        return Draft(self.lines, **draft).to_bytes()

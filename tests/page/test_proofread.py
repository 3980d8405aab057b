"""文稿核算: any document dropped is reckoned, told, and kept nowhere."""

import io
import re
import threading
from functools import partial
from html import unescape
from pathlib import Path

import pytest
from docx import Document

from reportgen.commands.desk import reckon_apart
from reportgen.commands.many.worker_pool import Limits
from reportgen.page import answers, uploads
from reportgen.page.actions import proofread as actions
from reportgen.page.actions.proofread import KEPT
from tests.page.client import Client
from tests.support.ole import ENCRYPTED, ole

TEXT = "上半年共受理来信来访120件，办结114件，办结率为90.0%。"


@pytest.fixture(autouse=True)
def _in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process of its own for a few letters."""
    here = partial(reckon_apart.reckon_apart, processes=0)
    monkeypatch.setattr(actions, "reckon_apart", here)


@pytest.fixture
def client(tmp_path: Path) -> Client:
    return Client(tmp_path).enter()


def as_word(*paragraphs: str) -> bytes:
    document = Document()
    for each in paragraphs:
        document.add_paragraph(each)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def drop(client: Client, **files: bytes) -> str:
    """Files by name, with ``_`` for the point, and the screen that tells of them."""
    sent = [("files", (name.replace("_", "."), content)) for name, content in files.items()]
    return client.finish(client.post("/proofread", files=sent)).text


def find_copies(text: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="(/proofread/copy[^"]*)"', text)]


def test_what_does_not_add_up_is_told_with_its_place_and_commented(client: Client) -> None:
    text = drop(
        client, 汇报_docx=as_word("关于上半年工作的汇报", TEXT), 摘要_txt=f"摘要\n{TEXT}".encode()
    )
    assert text.count("核对了1个数字关系：错误<strong>1</strong>处") == 2
    for place in ("正文第2段", "第2行"):
        found = text[text.index(f'<span class="place">{place}</span>') :]
        assert "占比不符" in text
        assert f"<blockquote>{TEXT}</blockquote>" in found
        assert "114÷120=95%，文中90.0%，似有一个数字写错，应为95.0%。" in found
        assert "请按列出的算式逐个核对，改正写错的那一个。" in found
    assert "文本文件里加不了批注" in text
    (address,) = find_copies(text)
    answer = client.get(address)
    assert "%E6%B1%87%E6%8A%A5%EF%BC%88%E6%A0%B8%E5%AF%B9%EF%BC%89.docx" in answer.headers["content-disposition"]  # fmt: skip
    copy = Document(io.BytesIO(answer.content))
    assert [each.text for each in copy.paragraphs] == ["关于上半年工作的汇报", TEXT]
    (comment,) = copy.comments
    assert "应为95.0%" in comment.text


def test_a_document_without_faults_says_how_far_that_goes(client: Client) -> None:
    text = drop(client, 好_docx=as_word(TEXT.replace("90.0", "95.0")), 无_md="一切都好。".encode())
    assert "核对了1个数字关系，没有发现不符" in text
    assert "没有找到可以核算的数字关系，这不等于没有错" in text
    assert find_copies(text) == []


def test_nothing_of_a_document_is_kept(client: Client, tmp_path: Path) -> None:
    assert "不存进任何工作目录" in client.get("/proofread").text
    text = drop(client, 密_docx=as_word(TEXT))
    assert list(tmp_path.rglob("*")) == []
    assert client.get(find_copies(text)[0]).status_code == 200
    assert client.get(find_copies(text)[0]).status_code == 200  # as often as one likes
    for _ in range(KEPT):
        drop(client, 后_txt=b"1")
    for address in (find_copies(text)[0], "/proofread?job=1", "/proofread/copy?job=x&at=0"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "请把文稿再核算一次" in answer.text


def test_one_that_cannot_be_read_is_told_and_stops_none(client: Client) -> None:
    odd = {
        "扫描_pdf": (b"%PDF-1.7\n", "这是 PDF，不是 Word 文档"),
        "旧_doc": (ole({"WordDocument": b"1"}), "旧格式（.doc）"),
        "旧_xls": (ole({"Workbook": b"1"}), "旧格式的 Excel 工作簿"),
        "包_zip": (b"PK\5\6" + b"\0" * 18, "压缩包"),
        "空_docx": (b"", "空的（0字节）"),
        "密码_docx": (ENCRYPTED, "设了打开密码"),
        "乱_txt": (b"\xff\xff\x81", "不是文字文件，读不出来"),
        "乱_docx": (b"anything", "这不是能读取的 Word 文档"),
        "没有后缀": (b"anything", "这不是能读取的 Word 文档"),
        "<img src=x>_docx": (b"anything", "不能使用"),
    }
    text = drop(
        client, **{name: content for name, (content, _) in odd.items()}, 好_txt=TEXT.encode()
    )
    sections = text.split('<section class="department">')[1:]
    for (name, (_, said)), section in zip(odd.items(), sections, strict=False):
        assert name.replace("_", ".") in unescape(section)
        assert "没有核算" in section
        assert said in section
    assert "应为95.0%" in sections[-1]
    assert "<img" not in text


MANY = "1件，办结2件。\n".encode() * 500_000
"""Numbers that take minutes and gigabytes to reckon."""


def test_one_that_takes_too_much_memory_ends_only_its_own_process(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "reckon_apart", reckon_apart.reckon_apart)
    monkeypatch.setattr(reckon_apart, "LIMITS", Limits(memory=300 << 20))
    text = drop(client, 数字_txt=MANY, 好_txt=TEXT.encode())
    assert "可能是内存不够" in text
    assert "请分成几份再核算" in text
    assert "应为95.0%" in text


def test_one_that_takes_too_long_is_given_up(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "reckon_apart", reckon_apart.reckon_apart)
    monkeypatch.setattr(reckon_apart, "LIMITS", Limits(seconds=0.3, memory=1 << 31))
    assert "花的时间太长，只好停下" in drop(client, 数字_txt=MANY)


def test_nobody_waits_for_a_document(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(answers, "QUICK", 0.05)
    monkeypatch.setattr(actions, "reckon_apart", lambda *_: go_on.wait(20))
    going = client.post("/proofread", files=[("files", ("长.txt", b"1"))])
    client.office.worker.start("别的", lambda _: None).future.result(5)
    assert "文稿核算正在进行" in client.follow(going).text
    go_on.set()


def test_a_file_that_is_too_large_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LARGEST", 1 << 20)
    answer = client.post("/proofread", files=[("files", ("大.docx", b"x" * (2 << 20)))])
    assert answer.status_code == 413
    assert "有文件超过1MB，没有接收" in answer.text
    answer = client.post("/proofread", files={"files": ("", b"")})
    assert answer.status_code == 400
    assert "请选好文件再交" in answer.text

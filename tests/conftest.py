"""Fixtures shared by all tests: LibreOffice as an independent reader of what we write."""

import functools
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings
from lxml import etree

from reportgen import processes
from reportgen.charts.kinds import Chart
from reportgen.excel.read import child

settings.register_profile(
    "suite",
    deadline=None,
    derandomize=True,
    max_examples=22,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))

# Tests and processes they start keep compiled modules, and start no threads for matrices, as in an office.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["OPENBLAS_NUM_THREADS"] = "1"

# Tests make and drop much; looking for rings after every 700 objects is a tenth of their time.
gc.set_threshold(200_000, 20, 50)


def pytest_xdist_auto_num_workers() -> int:
    """One more than cores: some tests wait for a browser, a scheduler, a process that ends."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True, scope="session")
def _no_waiting_for_the_disk() -> Iterator[None]:
    """The tests do not lose power; bringing every small file to the disk takes them minutes."""
    with mock.patch("os.fsync"):
        yield


@pytest.fixture
def _parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are parsed in this process, where a limit that a test has lowered holds."""
    monkeypatch.setattr(child, "_CHILD", child._Child())
    monkeypatch.setattr(processes, "has_interpreter", lambda: False)


@pytest.fixture(autouse=True, scope="session")
def _no_chart_is_drawn_twice() -> Iterator[None]:
    """Drawing is a third of a build; the same chart gives the same bytes (``test_charts``)."""
    from reportgen.charts import likeness, render

    draw, drawn = render.render, dict[str, bytes]()

    def once(chart: Chart) -> bytes:
        key = repr(chart)
        drawn[key] = drawn.get(key) or draw(chart)
        return drawn[key]

    seen = functools.cache(likeness.make_print)
    with mock.patch.object(render, "render", once), mock.patch.object(likeness, "make_print", seen):
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_file_is_parsed_twice() -> Iterator[None]:
    """Most files of a test's folder are those of the sample: a process answers them once."""
    once = functools.lru_cache(256)(child._exchange_messages)
    with mock.patch.object(child, "_exchange_messages", once):
        yield


Convert = Callable[[bytes, str, str], bytes]


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """``convert(content, "docx", "pdf")``: the same file as LibreOffice writes it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("没有 LibreOffice，跳过需要它的测试")
    profile = tmp_path_factory.mktemp("profile")

    def run(content: bytes, from_type: str, to_type: str) -> bytes:
        folder = tmp_path_factory.mktemp("convert")
        source = folder / f"in.{from_type}"
        source.write_bytes(content)
        command = [
            office,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless", "--convert-to", to_type, "--outdir", str(folder / "out"), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (folder / "out" / f"in.{to_type.partition(':')[0]}").read_bytes()

    return run


@pytest.fixture(scope="session")
def pdf_text() -> Callable[[bytes, Path], str]:
    """``pdf_text(pdf, folder)``: the text of a PDF, laid out, pages parted by form feeds."""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("没有 poppler（pdftotext），跳过需要它的测试")

    def run(pdf: bytes, folder: Path) -> str:
        path = folder / "in.pdf"
        path.write_bytes(pdf)
        found = subprocess.run(
            [tool, "-layout", str(path), "-"], check=True, capture_output=True, timeout=60
        )
        return found.stdout.decode()

    return run


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The working folder of the sample case; tests only read it."""
    import reportgen

    folder = tmp_path_factory.mktemp("永安镇2024")
    reportgen.init(folder, sample=True)
    return folder


@pytest.fixture(scope="session")
def sample(sample_folder: Path) -> dict[str, bytes]:
    """Its files by name; tests change copies of them."""
    files = [path for path in sample_folder.rglob("*") if path.is_file()]
    return {path.relative_to(sample_folder).as_posix(): path.read_bytes() for path in files}


Lay = Callable[[Path], Path]


@pytest.fixture(scope="session")
def lay_sample(sample_folder: Path) -> Lay:
    """``lay_sample(folder)``: that folder as ``init --sample`` makes it, for a test's own use."""
    return lambda folder: shutil.copytree(sample_folder, folder, dirs_exist_ok=True)


@pytest.fixture
def own_sample(tmp_path: Path, lay_sample: Lay) -> Path:
    """That folder for a test's own use, under its own name."""
    folder = tmp_path / "永安镇2024"
    lay_sample(folder)
    return folder


@pytest.fixture(scope="session")
def sample_report(sample_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The finished report of the sample case."""
    import reportgen

    built = reportgen.build(sample_folder, tmp_path_factory.mktemp("output"))
    assert built.document is not None
    return built.document.path.read_bytes()


def _remember_what_is_sound(validate: Callable[..., bool]) -> Callable[..., bool]:
    """Elements with the same children under the same rule are as sound as the first was."""
    sound = set[tuple[int, tuple[str, ...]]]()

    def run(self: object, rule: object, children: list[Any], context: object) -> bool:
        seen = (id(rule), tuple(child.tag for child in children))
        if seen not in sound and validate(self, rule, children, context):
            sound.add(seen)
        return seen in sound

    return run


def _skip_what_was_sound(validate: Callable[..., None]) -> Callable[..., None]:
    """A schema looks at an element and what it stands in: the same paragraph is as sound again."""
    sound = set[tuple[str, frozenset[str], bytes]]()

    def run(
        self: object, element: Any, context: Any, ignorable: frozenset[str] = frozenset()
    ) -> None:
        if not _stands_high(element):
            return validate(self, element, context, ignorable)
        seen = (element.getparent().tag, ignorable, etree.tostring(element, with_tail=False))
        if seen not in sound:
            before = len(context.errors)
            validate(self, element, context, ignorable)
            if len(context.errors) == before:
                sound.add(seen)
        return None

    return run


def _stands_high(element: Any) -> bool:
    """A row, or a child of the root or of such a child (a block of a body, a style)."""
    parent = element.getparent()
    if parent is None:
        return False
    above = parent.getparent()
    return above is None or above.getparent() is None or element.tag.endswith("}tr")


@pytest.fixture(scope="session")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], list[str]]:
    """``audited(docx)``: what an independent validator finds wrong with it."""
    from openxml_audit import OpenXmlValidator
    from openxml_audit.schema import particle
    from openxml_audit.schema.validator import SchemaValidator

    path = tmp_path_factory.mktemp("audit") / "in.docx"
    for rule in (particle.SequenceParticleValidator, particle.ChoiceParticleValidator):
        rule.validate = _remember_what_is_sound(rule.validate)
    whole = SchemaValidator._validate_element
    SchemaValidator._validate_element = _skip_what_was_sound(whole)

    @functools.cache
    def run(content: bytes) -> list[str]:
        path.write_bytes(content)
        return [str(error) for error in OpenXmlValidator().validate(path).errors]

    return run

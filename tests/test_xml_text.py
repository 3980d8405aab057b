"""Text in XML: the same as the standard library writes it."""

from xml.sax import saxutils

from hypothesis import example, given
from hypothesis import strategies as st

from reportgen import xml_text


@given(st.text(alphabet="ab<>&\"'\n\r\t ]件", max_size=12))
@example("\"'")
@example('0"件"')
def test_it_is_written_as_the_standard_library_does(text: str) -> None:
    assert xml_text.escape(text) == saxutils.escape(text)
    assert xml_text.quoteattr(text) == saxutils.quoteattr(text)

"""A workbook of openpyxl's → bytes that are the same whenever they are written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
from openpyxl.xml.functions import tostring


def pack(book: openpyxl.Workbook, created: dt.datetime) -> bytes:
    """The workbook as .xlsx, in which every time stamp is ``created``; openpyxl would take now."""
    draft, final = io.BytesIO(), io.BytesIO()
    book.save(draft)
    properties = book.properties
    properties.creator = "reportgen"
    properties.created = properties.modified = created
    own = {_CORE: tostring(properties.to_tree())}
    stamp = max(created, _FIRST_ZIP_DATE).timetuple()[:6]
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w") as target:
        for name in source.namelist():
            part = own.get(name) or source.read(name)
            part = part.replace(_END_OF_SHEET, _END_OF_SHEET + _NO_GREEN_CORNERS)
            target.writestr(zipfile.ZipInfo(name, stamp), part, zipfile.ZIP_DEFLATED)
    return final.getvalue()


_CORE = "docProps/core.xml"
_FIRST_ZIP_DATE = dt.datetime(1980, 1, 1)
_END_OF_SHEET = b"</headerFooter>"
_NO_GREEN_CORNERS = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)
"""Numbers that name something are text on purpose; openpyxl cannot say so."""

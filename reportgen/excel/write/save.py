"""A workbook of openpyxl's → bytes that are the same whenever they are written."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.writer.excel import ExcelWriter
from openpyxl.xml.functions import tostring


def pack_workbook(book: openpyxl.Workbook, created: dt.datetime) -> bytes:
    """The workbook as .xlsx, in which every time stamp is ``created``; openpyxl would take now."""
    draft, final = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(draft, "w") as archive:  # not compressed: it is unpacked again at once
        _WriterInMemory(book, archive).save()
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


class _WriterInMemory(ExcelWriter):
    """Makes no temporary file of each sheet; of pictures, which ours have not, it knows nothing."""

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 (its types leave out much)
        """Write its part."""
        writer: Any = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 (as openpyxl does)
        archive: zipfile.ZipFile = vars(self)["_archive"]
        archive.writestr(ws.path[1:], writer.read())
        self.manifest.append(ws)


_CORE = "docProps/core.xml"
_FIRST_ZIP_DATE = dt.datetime(1980, 1, 1)
_END_OF_SHEET = b"</headerFooter>"
_NO_GREEN_CORNERS = (
    b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/></ignoredErrors>'
)
"""Numbers that name something are text on purpose; openpyxl cannot say so."""

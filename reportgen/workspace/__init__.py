"""The working folder (工作目录): the only room that knows file names, opens and writes files.

Nothing is ever lost: what departments returned is only read, a file that is already there is never
overwritten unless we wrote it and nobody has touched it since, and a file appears under its name
only when it is complete.  ``names``: what the files are called; ``files``: what is read; ``outputs``:
what is written.
"""

from __future__ import annotations

from reportgen.workspace.files import (
    File,
    document,
    how_many,
    ledger,
    register,
    returns,
    template,
)
from reportgen.workspace.names import (
    CHECK_RESULT,
    FACTS,
    FIELD_LIST,
    IMPORT_NOTES,
    IMPORTED_REGISTER,
    IMPORTED_RETURNS,
    NOTICE_RECORD,
    REGISTER,
    RETURN_FORM,
    RETURNS,
    SENT_BACK,
    TEMPLATE,
    file_name,
)
from reportgen.workspace.outputs import (
    Renewed,
    Saved,
    create,
    create_beside,
    keep_apart,
    renew,
    replace,
    save,
    save_facts,
)

__all__ = [
    "CHECK_RESULT",
    "FACTS",
    "FIELD_LIST",
    "IMPORTED_REGISTER",
    "IMPORTED_RETURNS",
    "IMPORT_NOTES",
    "NOTICE_RECORD",
    "REGISTER",
    "RETURNS",
    "RETURN_FORM",
    "SENT_BACK",
    "TEMPLATE",
    "File",
    "Renewed",
    "Saved",
    "create",
    "create_beside",
    "document",
    "file_name",
    "how_many",
    "keep_apart",
    "ledger",
    "register",
    "renew",
    "replace",
    "returns",
    "save",
    "save_facts",
    "template",
]

"""The working folder (工作目录): the only room that knows file names, opens and writes files.

Nothing is ever lost: what departments returned is only read, a file that is already there is never
overwritten unless we wrote it and nobody has touched it since, and a file appears under its name
only when it is complete.  ``names``: what the files are called; ``files``: what is read; ``outputs``:
what is written; ``record``: what of it is ours; ``lock``: one command at a time; ``disk``: the steps
of the system; ``faults``: what it says when it refuses.
"""

from __future__ import annotations

from reportgen.workspace.files import (
    File,
    document,
    find_folder,
    holds,
    how_many,
    ledger,
    optional,
    papers,
    register,
    returns,
    sentences,
    template,
    text_file,
)
from reportgen.workspace.lock import locked
from reportgen.workspace.names import (
    CHECK_RESULT,
    COMMENTED,
    FACTS,
    FIELD_LIST,
    IMPORT_NOTES,
    IMPORTED_RETURNS,
    RETURNS,
    SENT_BACK,
    SENTENCES,
    TEMPLATE,
    copy_names,
    file_name,
)
from reportgen.workspace.outputs import (
    Renewed,
    Saved,
    create,
    create_beside,
    holds_all,
    keep_apart,
    made_by,
    make_folder,
    overwrite,
    readable,
    refuse_if_open,
    renew,
    save_beside,
    save_new,
)

__all__ = [
    "CHECK_RESULT",
    "COMMENTED",
    "FACTS",
    "FIELD_LIST",
    "IMPORTED_RETURNS",
    "IMPORT_NOTES",
    "RETURNS",
    "SENTENCES",
    "SENT_BACK",
    "TEMPLATE",
    "File",
    "Renewed",
    "Saved",
    "copy_names",
    "create",
    "create_beside",
    "document",
    "file_name",
    "find_folder",
    "holds",
    "holds_all",
    "how_many",
    "keep_apart",
    "ledger",
    "locked",
    "made_by",
    "make_folder",
    "optional",
    "overwrite",
    "papers",
    "readable",
    "refuse_if_open",
    "register",
    "renew",
    "returns",
    "save_beside",
    "save_new",
    "sentences",
    "template",
    "text_file",
]

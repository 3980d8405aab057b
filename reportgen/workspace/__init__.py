"""The working folder (工作目录): the only room that knows file names, opens and writes files.

Nothing is ever lost: what departments returned is only read, a file that is already there is never
overwritten unless we wrote it and nobody has touched it since, and a file appears under its name
only when it is complete.  ``names``: what the files are called; ``files``: what is read; ``outputs``:
what is written; ``record``: what of it is ours; ``folders``: many of them; ``lock``: one command at a time; ``disk``: the steps
of the system; ``faults``: what it says when it refuses.
"""

from __future__ import annotations

from reportgen.workspace.files import (
    InputFile,
    count_inputs,
    decode_text,
    find_register,
    find_same,
    holds,
    iter_returns,
    optional,
    papers,
    read_document,
    read_ledger_bytes,
    read_sentences,
    read_template,
    read_text_file,
    require_folder,
)
from reportgen.workspace.folders import (
    append_line,
    digest_inputs,
    find_documents,
    find_working_folders,
    usual_output,
)
from reportgen.workspace.lock import lock_folder
from reportgen.workspace.names import (
    BATCH_LOG,
    BATCH_RESULT,
    BOARD,
    CHECK_RESULT,
    COMMENTED,
    FACTS,
    FIELD_LIST,
    HANDED_IN,
    IMPORT_NOTES,
    IMPORTED_RETURNS,
    KNOWN_RETURNS,
    RECEIVED,
    RENEWED,
    RETURNS,
    ROLLUP_FIELDS,
    ROLLUP_RESULT,
    ROLLUP_SETTINGS,
    ROLLUP_TEMPLATE,
    SENT_BACK,
    SENTENCES,
    TEMPLATE,
    name_copies,
    to_file_name,
    to_legible_name,
    to_safe_name,
)
from reportgen.workspace.outputs import (
    RenewedOutputs,
    SavedFile,
    create_beside,
    create_file,
    ensure_folder,
    has_all_files,
    maker_of,
    overwrite_file,
    refuse_among_returns,
    refuse_if_open,
    renew_outputs,
    save_beside,
    save_new,
    save_outputs,
    supersede_file,
    to_readable_json,
)

__all__ = [
    "BATCH_LOG", "BATCH_RESULT", "BOARD", "CHECK_RESULT", "COMMENTED", "FACTS", "FIELD_LIST",
    "HANDED_IN", "IMPORTED_RETURNS", "IMPORT_NOTES", "KNOWN_RETURNS", "RECEIVED", "RENEWED",
    "RETURNS", "ROLLUP_FIELDS", "ROLLUP_RESULT", "ROLLUP_SETTINGS", "ROLLUP_TEMPLATE", "SENTENCES", "SENT_BACK", "TEMPLATE",
    "InputFile", "RenewedOutputs", "SavedFile", "append_line", "count_inputs", "create_beside",
    "create_file", "decode_text", "digest_inputs", "ensure_folder", "find_documents", "find_register", "find_same",
    "find_working_folders", "has_all_files", "holds", "iter_returns", "lock_folder", "maker_of",
    "name_copies", "optional", "overwrite_file", "papers", "read_document", "read_ledger_bytes",
    "read_sentences", "read_template", "read_text_file", "refuse_among_returns", "refuse_if_open",
    "renew_outputs", "require_folder", "save_beside", "save_new", "save_outputs", "supersede_file",
    "to_file_name", "to_legible_name", "to_readable_json", "to_safe_name", "usual_output",
]  # fmt: skip

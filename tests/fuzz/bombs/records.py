"""Records in the output folder that are bombs."""

from __future__ import annotations

from collections.abc import Callable, Mapping

RECORDS: Mapping[str, Callable[[], bytes]] = {
    "json-deep": lambda: b'{"outputs": ' + b"[" * 5_000_000,
    "json-deep-objects": lambda: b'{"a":' * 2_000_000,
    "json-90mb": lambda: b'{"outputs": {"a": "' + b"0" * 90_000_000 + b'"}}',
    "json-long-number": lambda: b'{"outputs": {"a": ' + b"9" * 5_000_000 + b"}}",
    "json-names": lambda: b'{"outputs": {' + b",".join(b'"%d.docx": {"command": "build", "folder": "..", "sha256": []}' % n for n in range(200_000)) + b"}}",
    "json-long-name": lambda: b'{"outputs": {"' + b"a/" * 2_000_000 + b'": {"command": "build", "folder": "..", "sha256": []}}}',
}  # fmt: skip

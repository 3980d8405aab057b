"""The files that one double-clicks: ASCII inside, whatever code page the machine has.

Nothing that lies beside them is run but our own Python; the working folders stand beside them, too.
"""

from __future__ import annotations

from collections.abc import Mapping

_INSTALL = "install --no-index --find-links wheels --require-hashes -r requirements.txt"
_SAFE = 'set "NoDefaultCurrentDirectoryInExePath=1"'


def windows_launchers(python: str) -> Mapping[str, bytes]:
    """By name, the command files; ``python``: where it is, below the folder."""
    run = f'"%~dp0{python}" -P -m reportgen'
    return {
        "开始.cmd": _command(f'{run} page "%~dp0."'),
        "核查.cmd": _command(f'{run} check "%~1"'),
        "生成报告.cmd": _command(f'{run} build "%~1"'),
        "核对报告.cmd": _command(f'{run} verify "%~1"'),
        "核算文稿.cmd": _command(f'{run} proofread "%~1"'),
    }


def windows_installer() -> Mapping[str, bytes]:
    """What makes an environment of the wheels beside it, without an index."""
    lines = (
        'cd /d "%~dp0"',
        'set "PY=py"',
        'where py >nul 2>nul || set "PY=python"',
        "%PY% -m venv .venv || goto failed",
        f".venv\\Scripts\\python.exe -m pip {_INSTALL} || goto failed",
        "echo OK",
        "pause",
        "exit /b 0",
        ":failed",
        "echo FAILED",
    )
    return {"安装.cmd": _command(*lines), **windows_launchers(".venv\\Scripts\\python.exe")}


def linux_launchers(python: str) -> Mapping[str, bytes]:
    """By name, the script and the desktop entry, which finds the folder by where it is itself."""
    start = f'cd "$(dirname "$0")" && exec ./{python} -P -m reportgen page .'
    entry = (
        "[Desktop Entry]",
        "Type=Application",
        "Name=Report",
        "Name[zh_CN]=报告工作台",
        """Exec=sh -c 'exec "$(dirname "$1")/start.sh"' start %k""",
        "Terminal=true",
        "",
    )
    return {"start.sh": _script(start), "报告工作台.desktop": "\n".join(entry).encode()}


def linux_installer() -> Mapping[str, bytes]:
    """As ``windows_installer``."""
    install = (
        f'set -e\ncd "$(dirname "$0")"\npython3 -m venv .venv\n.venv/bin/python -m pip {_INSTALL}'
    )
    return {"install.sh": _script(install), **linux_launchers(".venv/bin/python")}


def _command(*lines: str) -> bytes:
    return "\r\n".join(["@echo off", _SAFE, *lines, "pause", ""]).encode("ascii")


def _script(text: str) -> bytes:
    return f"#!/bin/sh\n{text}\n".encode()

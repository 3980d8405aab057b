"""What went wrong with a file, in a sentence: the cause that the system tells, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportgen.errors import WorkspaceError

IN_USE = "它可能正在 Word、Excel 或 WPS 中打开", "请关闭后再试一次"
_NETWORK = "网络盘或移动盘断开了", "请接好后再试一次"

_BY_ERRNO = {
    errno.ENOSPC: ("磁盘已满", "请清理出空间，或换一个磁盘，再试一次"),
    errno.EFBIG: ("这个磁盘放不下这么大的文件", "请换一个磁盘"),
    errno.EROFS: ("所在的磁盘是只读的", "请换一个可以写入的文件夹"),
    errno.EACCES: ("没有权限", "请检查文件和文件夹的权限、是否只读，或换一个文件夹"),
    errno.EPERM: ("系统不允许", "请检查文件和文件夹的权限、是否只读，或换一个文件夹"),
    errno.EBUSY: IN_USE,
    errno.ENAMETOOLONG: ("路径或名称太长", "请把文件夹移到短一些的路径，或改短名称"),
    errno.EINVAL: ("名称里有系统不允许的字符", "请改名后再试一次"),
    errno.EIO: ("磁盘读写出错", "请检查磁盘，尽快备份，再试一次"),
    errno.EMFILE: ("同时打开的文件太多", "请关闭其他程序后再试一次"),
    errno.ENFILE: ("同时打开的文件太多", "请关闭其他程序后再试一次"),
    errno.ENOENT: ("文件或文件夹刚被移走、改名或删除", "请核对后再试一次"),
    errno.ENOTDIR: ("路径中间有一个不是文件夹的同名文件", "请把它移走，或换一个文件夹"),
    errno.EISDIR: ("那里是一个同名的文件夹", "请把它移走或改名"),
    errno.EEXIST: ("那里已有同名的文件", "请把它移走，或换一个文件夹"),
    errno.ELOOP: ("快捷方式（链接）绕成了圈", "请换成真正的文件夹"),
    errno.ENODEV: _NETWORK,
    errno.ENXIO: _NETWORK,
    errno.ETIMEDOUT: _NETWORK,
    errno.ECONNRESET: _NETWORK,
    errno.ENETUNREACH: _NETWORK,
    errno.EHOSTUNREACH: _NETWORK,
    **{getattr(errno, name): found for name, found in {
        "EDQUOT": ("磁盘配额已用完", "请清理出空间，或换一个磁盘，再试一次"),
        "ETXTBSY": IN_USE,
        "ESTALE": _NETWORK,
        "EHOSTDOWN": _NETWORK,
        "EREMOTEIO": _NETWORK,
    }.items() if hasattr(errno, name)},
}  # fmt: skip
"""(cause, remedy) by errno; some are not known on Windows."""

_BY_WINERROR = {
    5: ("没有权限，或它正在 Word、Excel 或 WPS 中打开", "请关闭打开它的程序，检查权限，再试一次"),
    **dict.fromkeys((32, 33), IN_USE),
    **dict.fromkeys((53, 55, 59, 64, 67, 121, 1231, 21), _NETWORK),
    **dict.fromkeys((39, 112), ("磁盘已满", "请清理出空间，或换一个磁盘，再试一次")),
    19: ("所在的磁盘是只读的", "请换一个可以写入的文件夹"),
    123: ("名称里有系统不允许的字符", "请改名后再试一次"),
    206: ("路径或名称太长", "请把文件夹移到短一些的路径，或改短名称"),
    1117: ("磁盘读写出错", "请检查磁盘，尽快备份，再试一次"),
    1392: ("磁盘上的这个文件或文件夹已损坏", "请检查磁盘，从备份恢复"),
}
"""(cause, remedy) by the number that Windows gives, which is finer than errno."""


def find_cause(error: OSError) -> tuple[str, str]:
    """Why the system refused, and what to do."""
    number = getattr(error, "winerror", None)
    if number in _BY_WINERROR:
        return _BY_WINERROR[number]
    told = f"系统提示“{error.strerror or error}”"
    return _BY_ERRNO.get(error.errno or 0, (told, "请处理后再试一次"))


def is_in_use(error: OSError) -> bool:
    """Whether another program has the file open (Windows; others do not mind)."""
    number = getattr(error, "winerror", None)
    return number in (32, 33) or error.errno in (errno.EBUSY, getattr(errno, "ETXTBSY", -1))


@contextmanager
def reading_from(path: Path) -> Iterator[None]:
    """OSError and what no path can hold become a WorkspaceError that names the path."""
    with _explaining_errors(path, "读不出来"):
        yield


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """As ``reading_from``."""
    with _explaining_errors(path, "写不进去"):
        yield


@contextmanager
def _explaining_errors(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why, remedy = find_cause(error)
        raise WorkspaceError(f"“{path}”{what}：{why}。{remedy}。") from error
    except UnicodeEncodeError as error:
        raise WorkspaceError(
            f"“{str(path)!a}”{what}：这台计算机现在的语言设置不能表示中文文件名。"
            "请先设置环境变量 PYTHONUTF8=1，再试一次。"
        ) from error

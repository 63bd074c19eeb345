"""Why a file could not be read or written, in Chinese."""

from __future__ import annotations

import errno

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "名称太长",
    **dict.fromkeys(FULL, "空间不足"),
}


def reason_of(error: OSError) -> str:
    """Why, as an administrator says it; the system's own words where none are known."""
    return REASONS.get(error.errno or 0) or error.strerror or str(error)

"""Write a file whole or not at all, and never over another one unasked."""

from __future__ import annotations

import os

from toynets.errors import ToynetsError

UNASKED = "give another name, or overwrite=True."


def save(path: str, data: str | bytes, *, overwrite: bool = False, fix: str = UNASKED) -> None:
    """Write a file under another name first, and give it its own once it is whole.

    Args:
        path: where to.
        data: bytes, or text, which is written as UTF-8.
        overwrite: whether a file that is there already is replaced.
        fix: what to say where one is.

    Raises:
        ToynetsError: the file is there already, or the folder cannot be written.
    """
    import tempfile

    folder = os.path.dirname(os.path.abspath(path))
    if os.path.lexists(path) and not overwrite:
        raise _there(path, fix)
    try:
        handle, half = tempfile.mkstemp(dir=folder, prefix=".toynets-")
    except OSError as error:
        raise ToynetsError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data if isinstance(data, bytes) else data.encode("utf-8"))
        os.chmod(half, 0o666 & ~_umask())
        if overwrite:
            os.replace(half, path)
        else:
            _link(half, path, fix)
    except OSError as error:
        raise ToynetsError(f"{path} cannot be written: {error.strerror}.") from None
    finally:
        if os.path.lexists(half):
            os.unlink(half)


def _link(half: str, path: str, fix: str) -> None:
    """Give a finished file its name, which fails where another one has taken it meanwhile."""
    try:
        os.link(half, path)
    except FileExistsError:
        raise _there(path, fix) from None
    except (OSError, AttributeError):  # a file system without links
        if os.path.lexists(path):
            raise _there(path, fix) from None
        os.replace(half, path)


def _there(path: str, fix: str) -> ToynetsError:
    return ToynetsError(f"{path} is there already, and nothing is overwritten unasked.", fix=fix)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

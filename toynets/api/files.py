"""Reading a network or an explanation from a file, and writing one without losing another."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.network import Network

MAX_BYTES = 16 * 1024 * 1024
FORMATS = ("toynets-explanation/1", "toynets-network/1")


def is_file_name(text: str) -> bool:
    """Whether a text names a file, or a folder of CSV files, rather than a network of the zoo.

    A folder that is called as a network of the zoo is meant where it is written with a slash.

    >>> is_file_name("mine.json"), is_file_name("net.onnx"), is_file_name("xor-sum")
    (True, True, False)
    """
    if text.endswith(".json") or "/" in text or "\\" in text:
        return True
    from toynets.io.reading import is_network_file

    return ("." in text and is_network_file(text)) or _is_folder_of_tables(text)


def _is_folder_of_tables(text: str) -> bool:
    if not os.path.isdir(text) or not any(n.lower().endswith(".csv") for n in os.listdir(text)):
        return False
    from toynets.zoo import names

    return text not in names()


def read_text(path: str) -> str:
    """Return the text of a file; its size is looked at first.

    Raises:
        ToynetsError: no such file, a folder, no permission, more than 16 MB, or not UTF-8.
    """
    try:
        if os.path.getsize(path) > MAX_BYTES:
            raise ToynetsError(
                f"{path} has more than {MAX_BYTES} bytes.",
                cause="another file than you think: networks and explanations here are small.",
            )
        # utf-8-sig: editors on Windows put a byte order mark in front.
        with open(path, encoding="utf-8-sig") as file:
            return file.read()
    except FileNotFoundError:
        raise ToynetsError(
            f"there is no file {path}.",
            cause=f"the folder is {os.getcwd()}.",
            fix="check the name; toynets list prints the networks that need no file.",
        ) from None
    except UnicodeDecodeError:
        raise ToynetsError(
            f"{path} is not text in UTF-8.", fix="save it as UTF-8; PowerShell's > does not."
        ) from None
    except OSError as error:
        raise ToynetsError(f"{path} cannot be read: {error.strerror}.") from None


def read_any(path: str) -> Network | Explanation:
    """Read a file of either format.

    Raises:
        ToynetsError: not JSON, neither format, or what the format refuses.
    """
    from toynets.explanation import Explanation
    from toynets.network import Network

    source = read_text(path)
    kind = _format(source, path)
    try:
        if kind == FORMATS[1]:
            return Network.from_json(source)
        return Explanation.from_json(source)
    except ToynetsError as error:
        raise _placed(error, path) from None


def read_network(path: str, **options: Any) -> Network:
    """Read a network from a file of any format that `toynets.io` reads.

    Args:
        path: the file, or a folder of CSV files.
        options: as for `toynets.io.read`, where the format does not say them.

    Raises:
        ToynetsError: as `read_any`; or an explanation.
    """
    from toynets.network import Network

    if not path.lower().endswith(".json"):
        from toynets.io import read

        return read(path, **options)
    found = read_any(path)
    if not isinstance(found, Network):
        raise ToynetsError(
            f"{path} is an explanation, not a network.",
            fix=f"toynets verify {found.about or 'NAME'} --explanation {path}",
        )
    return found


def read_either(path: str) -> Network | Explanation:
    """Read a network from a file of any format, or from a folder; or an explanation.

    Raises:
        ToynetsError: as `read_any` and `read_network`.
    """
    from toynets.io.reading import is_network_file

    other = is_network_file(path) and not path.lower().endswith(".json")
    return read_network(path) if other or os.path.isdir(path) else read_any(path)


def read_explanation(path: str) -> Explanation:
    """Read an explanation.

    Raises:
        ToynetsError: as `read_any`; or a network.
    """
    from toynets.explanation import Explanation

    found = read_any(path)
    if not isinstance(found, Explanation):
        raise ToynetsError(
            f"{path} is a network, not an explanation.",
            fix=f"toynets new-explanation {path} writes a blank one.",
        )
    return found


def _format(source: str, path: str) -> str:
    import json

    try:
        data = json.loads(source)
    except (ValueError, RecursionError) as error:
        message, where = "it cannot be read", ""
        if isinstance(error, json.JSONDecodeError):
            message, where = error.msg, f" at line {error.lineno}, column {error.colno}"
        raise ToynetsError(
            f"{path} is not JSON: {message}{where}.",
            cause="a comma or a quotation mark too many or too few.",
        ) from None
    kind = data.get("format") if isinstance(data, dict) else None
    if kind not in FORMATS:
        raise ToynetsError(
            f'{path} has no "format" that is read here, but {repr(kind)[:70]}.',
            cause="another kind of file, or one that a newer toynets wrote.",
            fix=f'the first key is "format": "{FORMATS[0]}" or "{FORMATS[1]}".',
        )
    return str(kind)


def _placed(error: ToynetsError, path: str) -> ToynetsError:
    """Put the name of the file in front of a message."""
    error.message = f"{path}: {error.message}"
    error.args = (error.message,)
    return error


def new_name(given: str, ending: str) -> str:
    """Return the name of a file to be written beside what it is about.

    >>> new_name("xor-sum", "-mine.json"), new_name("nets/a.onnx", "-mine.json")
    ('xor-sum-mine.json', 'nets/a-mine.json')
    """
    stem = os.path.splitext(given.rstrip("/"))[0] if is_file_name(given) else given
    return f"{stem}{ending}"


def write_new(path: str, data: str | bytes, *, force: bool = False) -> None:
    """Write a file whole or not at all, and never over another one unless `force`.

    Raises:
        ToynetsError: the file is there already, or the folder cannot be written.
    """
    from toynets.io.saving import save

    save(path, data, overwrite=force, fix="give another name with -o, or add --force.")

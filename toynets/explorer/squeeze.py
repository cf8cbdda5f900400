"""Leaves out of a script or a style sheet what only its readers need: comments and spaces."""

from __future__ import annotations

import re

# What stands in a script, in the order in which it is tried. A regular expression can only stand
# where a value can: behind an operator, an opening bracket, a comma or `return`.
_STRING = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'')
_PATTERN = re.compile(r"/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w$]+")
_BEFORE_PATTERN = set("(,=:[!&|?{};+-*%<>~^\n")
_OPEN = set("{[(,;\n")  # behind these a statement cannot end at a line end, or has ended
_TIGHT = set("{}()[];,=<>!?:&|*/%~^")


def squeeze(source: str) -> str:
    """Return a script that does the same, without comments, indentation and idle spaces.

    Line ends stay where a statement could end at one without a semicolon.

    Args:
        source: without text that runs over several lines.

    >>> squeeze("// why\\nconst a = b / 2; // half\\n  call( 'x  y', /a  b/ );\\n")
    "const a=b/2;call('x  y',/a  b/);"
    """
    parts: list[str] = []
    at = 0
    while at < len(source):
        at = _next(source, at, parts)
    return re.sub(r"\n+", "\n", "".join(parts)).lstrip("\n")


def _last(parts: list[str]) -> str:
    """Return the last sign that is no space."""
    for part in reversed(parts):
        if part.strip(" "):
            return part.rstrip(" ")[-1]
    return "\n"


def _next(source: str, at: int, parts: list[str]) -> int:
    sign = source[at]
    if found := _COMMENT.match(source, at):
        return found.end()
    if sign in "\"'" and (found := _STRING.match(source, at)):
        parts.append(found.group())
        return found.end()
    if sign == "`":
        end = _template(source, at)
        parts.append(source[at:end])
        return end
    if sign == "/" and (found := _PATTERN.match(source, at)):
        word = parts[-1] if parts else ""
        if _last(parts) in _BEFORE_PATTERN or word == "return":
            parts.append(found.group())
            return found.end()
    if found := _WORD.match(source, at):
        parts.append(found.group())
        return found.end()
    if found := _SPACE.match(source, at):
        after = source[found.end() : found.end() + 1]
        if "\n" in found.group():
            while parts and parts[-1] == " ":
                parts.pop()
            if _last(parts) not in _OPEN:
                parts.append("\n")
        elif _last(parts) not in _TIGHT and after not in _TIGHT and parts[-1:] != [" "]:
            parts.append(" ")
        return found.end()
    parts.append(sign)
    return at + 1


def _template(source: str, at: int) -> int:
    """Return where a template text ends; code inside it may hold further ones."""
    position = at + 1
    while source[position] != "`":
        if source[position] == "\\":
            position += 2
        elif source.startswith("${", position):
            position = _hole(source, position + 2)
        else:
            position += 1
    return position + 1


def _hole(source: str, position: int) -> int:
    depth = 1
    while depth:
        sign = source[position]
        if sign == "`":
            position = _template(source, position)
            continue
        if sign in "\"'" and (found := _STRING.match(source, position)):
            position = found.end()
            continue
        depth += {"{": 1, "}": -1}.get(sign, 0)
        position += 1
    return position


def squeeze_style(source: str) -> str:
    """Return a style sheet without comments and idle spaces.

    >>> squeeze_style("/* big */\\nh1 { margin: 0 auto; }\\n")
    'h1{margin:0 auto}'
    """
    bare = _SPACE.sub(" ", re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL))
    tight = re.sub(r" ?([{};,]) ?", r"\1", bare)
    return re.sub(r"(?<=[\w-]): (?=[^{}]*[;}])", ":", tight).replace(";}", "}").strip()

"""`toynets check-certificate`: a proof checked by a small program of its own."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets prove abs -o proof.json && toynets check-certificate proof.json
  toynets check-certificate proof.json --network abs       is it about this network?
  toynets check-certificate proof.json --network net.json  or about that of a file?
  toynets check-certificate proof.json --full              what each claim says, in formulas
  python -c "import toynets.certificate_checker as c; print(c.__file__)"
                                the program itself: 300 lines, Python's standard library alone
"""

MARK = b'"toynets-certificate/'


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("file", metavar="FILE", help="a certificate")
    parser.add_argument(
        "--network", metavar="NAME", help="the network it must be about: a name, or a file"
    )
    parser.add_argument("--full", action="store_true", help="what each claim says, in formulas")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.certificate_checker import Refused, check

    raw = _read(args.file)
    own = None if args.network is None else _network(args.network.strip())
    try:
        found = check(raw)
    except Refused as refusal:
        return _refused(str(refusal), screen)
    import json

    from toynets.cli.stating import decided, differences, networks, numbers, statement
    from toynets.errors import ToynetsError
    from toynets.network import Network

    data = json.loads(raw)
    if own is not None:
        try:
            differ = differences(own, Network.from_dict(data["network"]))
        except ToynetsError as error:
            differ = [error.message]
        if differ:
            shown = differ[:5] + (["…"] if len(differ) > 5 else [])
            return _refused(f"it is about another network. {'; '.join(shown)}", screen)
    nets = networks(data)
    claims = []
    for claim, leaves in zip(data["claims"], found["leaves"], strict=True):
        verdict, by, says = decided(claim, leaves, nets)
        written = statement(claim, nets)
        claims.append(
            {
                "text": str(claim["text"]),
                "verdict": claim["verdict"],
                "leaves": leaves,
                "decided": {"verdict": verdict, "by": by, "says": says},
                "statement": written.lines,
                "reads": sorted(written.reads),
            }
        )
    total = sum(found["leaves"])
    if screen.json:
        name = str(data["network"].get("name") or "")
        answer = {"verdict": "accepted", "network": name, "hash": found["hash"]}
        screen.data(answer | {"leaves": total, "nets": numbers(nets), "claims": claims})
        return 0
    _print(claims, args.full, screen)
    if args.full:
        screen.say(*numbers(nets))
    screen.say(
        f"accepted: {_count(len(claims), 'claim')}, {_count(total, 'leaf', 'leaves')}, "
        f"about the network with the hash {found['hash']}.",
        style="bold green",
    )
    for line in _apart(claims):
        screen.prose(line)
    if not args.full:
        screen.prose("The words of a claim are its author's; --full writes out what was checked.")
    return 0


def _apart(claims: list[dict[str, Any]]) -> list[str]:
    """Say which claims are not about the network, whatever their words."""
    found = []
    if model := sum(c["reads"] == ["model"] for c in claims):
        of = f"{_count(model, 'claim')} {'is' if model == 1 else 'are'}"
        found.append(f"{of} about the model alone: the numbers that the certificate states.")
    apart = [
        str(k)
        for k, c in enumerate(claims, start=1)
        if "network" not in c["reads"] and c["reads"] != ["model"]
    ]
    if apart:
        said = "Claims {} read" if len(apart) > 1 else "Claim {} reads"
        found.append(f"{said.format(', '.join(apart))} no value of that network.")
    return found


def _print(claims: list[dict[str, Any]], full: bool, screen: Any) -> None:
    from toynets.display import Table

    rows = [[str(k), *claim["decided"].values()] for k, claim in enumerate(claims, start=1)]
    if not full:
        screen.table(Table(["number", "verdict", "by", "claim"], rows, right=["number"]))
        return
    for (number, verdict, by, says), claim in zip(rows, claims, strict=True):
        screen.say(f"{number}. {verdict} by {by}: {says}")
        screen.say(*(f"   {line}" for line in claim["statement"]))


def _refused(why: str, screen: Any) -> int:
    if screen.json:
        screen.data({"verdict": "refused", "reason": why})
    else:
        screen.say(f"refused: {why}", style="bold red")
    return 1


def _read(path: str) -> bytes:
    from toynets.errors import ToynetsError

    try:
        with open(path, "rb") as file:
            raw = file.read(2**26 + 1)
    except OSError as error:
        raise ToynetsError(
            f"{path} cannot be read: {error.strerror}.",
            fix="toynets prove NAME -o proof.json writes a certificate.",
        ) from None
    if MARK not in raw:
        raise ToynetsError(
            f"{path} is no certificate.",
            cause="a certificate is a JSON file with the format toynets-certificate/1.",
            fix="toynets prove NAME -o proof.json writes one.",
        )
    return raw


def _network(name: str) -> Any:
    from toynets.api.files import is_file_name, read_network
    from toynets.zoo import load

    return read_network(name) if is_file_name(name) else load(name).network


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number} {word if number == 1 else words or word + 's'}"

"""Fuzz every reader of files and every parser of texts; only a `ToynetsError` may come out.

Of the checker of certificates, which shares no code with toynets, its own `Refused` may.

    python tests/support/fuzz_readers.py [--hypothesis N] [--runs N] [READER …]

Each reader is given N inputs that Hypothesis makes (random ones, and valid ones with a few bytes
damaged), then, where atheris is installed (`pip install atheris`), N that atheris makes, guided by
which lines of toynets they reach. A line for each reader says how many inputs were tried, how many
were read, and how many crashed; exit status 1 if any did. The input that did it is printed.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

FILES = (".json", ".npz", ".csv", ".nnet", ".onnx", ".safetensors")
# Texts and JSON: what people write, in files and on the command line.
TEXTS = {
    "expression": "max(x1 + 2*x2 - 1/2, 0) and not (x1 == 3)",
    "intervention": "h1, h2 = 0, x1->h1 *= -1, h3 = h3(1, 0)",
    "box": "[-1,1]^2",
    "bound": "y <= 1 + x1/2",
    "explanation": "",  # of xor-sum, filled in where it is used
    "certificate": "",  # of a bound that is proved, likewise
}
READERS = (*FILES, *TEXTS)
FOLDER = Path(tempfile.mkdtemp(prefix="fuzz-"))


def give(reader, data):
    """Give one input to a reader; return whether it was read. What is refused is refused aloud."""
    from toynets.errors import ToynetsError

    try:
        if reader in FILES:
            from toynets.io import read

            path = FOLDER / f"file{reader}"
            path.write_bytes(data)
            read(path, activation="relu")
        elif reader == "certificate":
            return certify(data)
        else:
            parse(reader, data.decode("utf-8", "replace"))
    except ToynetsError as error:
        assert str(error)
        return False
    return True


def certify(data):
    """Give one input to the checker of proofs, which shares no code and no error with toynets."""
    from toynets.certificate_checker import Refused, check

    try:
        check(data)
    except Refused as refusal:
        assert str(refusal)
        return False
    return True


def parse(reader, text):
    """Give one text to a parser."""
    if reader == "expression":
        from toynets.expressions import parse_expression

        parse_expression(text)
    elif reader == "intervention":
        from toynets.names import parse_intervention

        parse_intervention(text)
    elif reader == "box":
        from toynets.domain import Domain

        Domain.box(text)
    elif reader == "bound":
        from toynets.api.bounds import read_bound
        from toynets.zoo import load

        read_bound(load("xor-sum").network, text)
    else:
        from toynets.explanation import Explanation

        Explanation.from_json(text)


def valid(reader):
    """Return one valid input."""
    if reader in FILES:
        from hostile import VALID

        return VALID[reader]
    if reader == "explanation":
        from toynets.zoo import load

        return load("xor-sum").explanation.to_json().encode()
    if reader == "certificate":
        path = FOLDER / "proof.json"
        if not path.exists():
            asked = ["prove", "xor-sum", "--box", "[0,1]^2", "--bound", "y <= 2", "-o", str(path)]
            subprocess.run(
                [sys.executable, "-m", "toynets", *asked], check=True, capture_output=True
            )
        return path.read_bytes()
    return TEXTS[reader].encode()


def by_hypothesis(reader, most):
    """Return (tried, read); a crash is raised."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    seed, counts = valid(reader), [0, 0]

    @st.composite
    def damaged(draw):
        made = bytearray(seed)
        for _ in range(draw(st.integers(0, 4))):
            place = draw(st.integers(0, max(0, len(made) - 1)))
            put = draw(st.binary(max_size=9))
            made[place : place + draw(st.integers(0, 9))] = put
        return bytes(made)

    @settings(
        max_examples=most,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(damaged(), damaged(), st.binary(max_size=300), st.text(max_size=80)))
    def law(data):
        counts[0] += 1
        counts[1] += give(reader, data.encode() if isinstance(data, str) else data)

    law()
    return counts


def by_atheris(reader, most):
    """Return (tried, crashed, what was said), of a process of its own."""
    corpus = FOLDER / f"corpus{reader}"
    corpus.mkdir(exist_ok=True)
    (corpus / "valid").write_bytes(valid(reader))
    child = [sys.executable, __file__, "--child", reader, f"-runs={most}", "-rss_limit_mb=3000"]
    done = subprocess.run(
        [*child, "-verbosity=0", "-print_final_stats=1", str(corpus)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
    )
    said = done.stdout + done.stderr
    found = re.search(r"number_of_executed_units: *(\d+)", said)
    return int(found[1]) if found else 0, int(done.returncode != 0), said


def child(reader, arguments):
    """Let atheris make the inputs of one reader; it ends this process."""
    import atheris

    with atheris.instrument_imports(include=["toynets"]):
        pass
    atheris.Setup([sys.argv[0], *arguments], lambda data: give(reader, data) and None)
    atheris.Fuzz()


def main():
    """Print a line for each reader."""
    if "--child" in sys.argv:
        child(sys.argv[2], sys.argv[3:])
        return 0
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--hypothesis", type=int, default=500, metavar="N")
    parser.add_argument("--runs", type=int, default=5000, metavar="N", help="of atheris")
    args = parser.parse_args()
    crashes = 0
    guided = args.runs and find_spec("atheris")
    print(f"{'reader':<14}{'Hypothesis':>11}{'read':>7}{'atheris':>9}{'crashes':>9}")
    for reader in args.readers or READERS:
        tried, read = by_hypothesis(reader, args.hypothesis)
        more, crashed, said = by_atheris(reader, args.runs) if guided else (0, 0, "")
        crashes += crashed
        print(f"{reader:<14}{tried:>11}{read:>7}{more:>9}{crashed:>9}", flush=True)
        if crashed:
            print(said[-4000:])
    return int(crashes > 0)


if __name__ == "__main__":
    sys.exit(main())

"""Through a real shell: redirections, pipes, completion, and what a command imports."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


def test_an_edge_without_quotation_marks_survives_with_a_colon(shell):
    done = shell("toynets ablate xor-sum x1:h2=0 --json")
    assert done.status == 0
    assert [c["measured"]["y"] for c in done.data["cases"]] == ["0", "1", "1", "2"]


def test_an_arrow_in_front_survives_in_quotation_marks(shell):
    done = shell('toynets ablate xor-sum "->h2 = 0" --json')
    assert done.data["intervention"] == "->h2 = 0"


def test_an_arrow_that_the_shell_took_is_explained(shell, tmp_path):
    done = shell("toynets ablate xor-sum x1->h2=0; echo $? >&2")
    assert "your shell took the > in x1->h2 as a redirection" in done.err
    assert "write x1:h2=0" in done.err
    assert done.err.splitlines()[-1] == "2"


def test_the_prime_of_a_source_survives(shell):
    done = shell("""toynets ablate xor-sum "h2 = h2(x')" --source 1,1 --json""")
    assert [c["measured"]["y"] for c in done.data["cases"]] == ["-2", "-1", "-1", "0"]


def test_a_reader_that_leaves_early_is_no_traceback(shell):
    done = shell("set -o pipefail; toynets show parity-3 --json | head -c 10; exit 0")
    assert done.err == ""


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("toynets verify not", 0),
        ("toynets verify nott", 2),
        ("toynets new-explanation not && toynets verify --explanation not-mine.json", 3),
    ],
)
def test_the_exit_status_reaches_the_shell(shell, line, status):
    assert shell(f"{line} > /dev/null 2>&1").status == status


def test_colour_is_for_a_terminal_only(shell):
    assert "\x1b" not in shell("toynets show not; toynets nonsense 2>&1").out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["toynets", "ver"], "verify"),
        (["toynets", "show", "xor-d"], "xor-difference"),
        (["toynets", "train", "symm"], "symmetry-6"),
        (["toynets", "ablate", "xor-sum", "--pre"], "--predict"),
        (["toynets", "completion", "z"], "zsh"),
        (["toynets", "study", "cont"], "contest"),
    ],
)
def test_bash_completes(shell, words, expected):
    done = shell(
        "source <(toynets completion bash)\n"
        f"COMP_WORDS=({' '.join(words)}); COMP_CWORD={len(words) - 1}; _toynets\n"
        'echo "${COMPREPLY[@]}"'
    )
    assert done.out.split() == [expected]


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_every_shell_has_a_script_with_the_names(toynets, kind):
    from toynets.cli import COMMANDS
    from toynets.zoo import names

    script = toynets("completion", kind).out
    assert all(word in script for word in (*COMMANDS, *names(), "majority-3"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("verify", "xor-sum"),
        ("show", "xor-sum"),
        ("show", "xor-sum", "h2:y"),
        ("trace", "xor-sum", "1,1", "h2 = 0"),
        ("ablate", "xor-sum", "h2 = 0", "--predict", "0,1,1,1"),
        ("list",),
        ("roles", "xor-sum"),
    ],
    ids=lambda a: a[0],
)
def test_piped_neither_jax_nor_numpy_nor_rich_is_imported_by(arguments):
    code = (
        "import sys\nfrom toynets.cli import main\n"
        f"status = main({list(arguments)!r})\n"
        "slow = [m for m in ('jax', 'numpy', 'rich', 'optax') if m in sys.modules]\n"
        "sys.exit(f'imported {slow}' if slow else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
class TestOnATerminal:
    """On a pseudo-terminal: columns, colour, wrapping."""

    @staticmethod
    def screen(columns: int, *arguments: str, **environment: str) -> str:
        import pty

        primary, secondary = pty.openpty()
        given = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
        given |= {"TERM": "xterm-256color", "COLUMNS": str(columns), **environment}
        with subprocess.Popen(
            [sys.executable, "-m", "toynets", *arguments],
            stdout=secondary,
            stderr=secondary,
            stdin=secondary,
            env=given,
        ):
            os.close(secondary)
            parts = []
            while True:
                try:
                    part = os.read(primary, 65536)
                except OSError:  # Linux ends so when the program has gone
                    break
                if not part:
                    break
                parts.append(part)
        os.close(primary)
        return b"".join(parts).decode("utf-8").replace("\r\n", "\n")

    def test_tables_have_columns_and_colour(self):
        import re

        shown = self.screen(140, "show", "xor-sum")
        assert "\x1b[" in shown
        bare = re.sub(r"\x1b\[[0-9;]*m", "", shown)
        assert "x1->h1       1  excites the counter h1" in bare

    @pytest.mark.parametrize("columns", [60, 80, 100])
    def test_a_table_fits_the_screen_or_is_one_line_per_row(self, columns):
        import re

        shown = re.sub(r"\x1b\[[0-9;]*m", "", self.screen(columns, "list"))
        rows = [line for line in shown.splitlines() if "xor-sum" in line]
        assert rows
        assert all(len(line) <= columns or line.startswith("network: ") for line in rows)

    def test_no_color_means_one_labelled_line_per_row(self):
        shown = self.screen(140, "show", "xor-sum", NO_COLOR="1")
        assert "\x1b" not in shown
        assert "weight: x1->h1; value: 1;" in shown

"""`.ci/run` in a small repository whose tools are stubs: what runs, where, and how it ends."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    shutil.which("bash") is None or shutil.which("git") is None,
    reason=".ci/run is a bash script that clones with git",
)

CI_RUN = Path(__file__).parents[1] / ".ci" / "run"
COMMAND = 'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/pytest'
LONG = "pytest -m retrain or gate or long"
README = f"# small\n\n{COMMAND} is not this line\n\n```sh\npython3 -m venv .venv\n{COMMAND}\n```\n"

# `python3 -m venv .venv` as a stub: it makes a .venv whose tools log their call and fail on demand.
PYTHON3 = r"""#!/bin/sh
mkdir -p .venv/bin
for tool in pip ruff mypy pytest; do
    cat > .venv/bin/$tool <<EOF
#!/bin/sh
echo "$tool \$* in \$PWD, state \$(cat state.txt), input [\$(cat)]" >> "$LOG"
case " \$BROKEN " in *" $tool "*) echo "$tool is broken"; exit 3;; esac
[ $tool = pytest ] && echo "== 7 passed in 0.01s =="
exit 0
EOF
    chmod +x .venv/bin/$tool
done
"""


@pytest.fixture
def small(tmp_path):
    """A committed repository with `.ci/run`, and stubs on the PATH."""
    root = tmp_path / "a small repo"  # a space in the path must not matter
    (root / ".ci").mkdir(parents=True)
    shutil.copy(CI_RUN, root / ".ci" / "run")
    (root / "README.md").write_text(README, encoding="utf-8")
    (root / "state.txt").write_text("committed", encoding="utf-8")
    stub = tmp_path / "bin" / "python3"
    stub.parent.mkdir()
    stub.write_text(PYTHON3, encoding="utf-8")
    stub.chmod(stub.stat().st_mode | stat.S_IXUSR)
    (tmp_path / "scratch").mkdir()
    git(root, "init", "--quiet")
    commit(root)
    return root


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, env=clean_environment())


def clean_environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "all")


def run(root: Path, *words: str, broken: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    home = root.parent
    environment = clean_environment() | {
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "TMPDIR": str(home / "scratch"),
        "LOG": str(home / "log"),
        "BROKEN": broken,
        "CI": "true",
    }
    done = subprocess.run(
        [str(root / ".ci" / "run"), *words],
        cwd=home,
        env=environment | more,
        input="typed by nobody",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert list((home / "scratch").iterdir()) == [], "the clean checkout was left behind"
    return done


def called(root: Path) -> list[str]:
    log = root.parent / "log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def tools(root: Path) -> list[str]:
    return [line.split(" in ")[0] for line in called(root)]


def test_it_lints_types_and_then_runs_the_command_of_the_readme(small):
    done = run(small)
    assert done.returncode == 0, done.stderr
    install = "pip install -q -e .[test]"
    assert tools(small) == [
        install, "ruff check --no-cache", "mypy ", install, "pytest ", LONG
    ]  # fmt: skip  # in the order in which they run
    assert done.stdout.splitlines()[-1] == "== 7 passed in 0.01s =="
    assert COMMAND in done.stdout


def test_it_tests_the_commit_in_another_folder_without_input(small):
    (small / "state.txt").write_text("changed, not committed", encoding="utf-8")
    assert run(small).returncode == 0
    for line in called(small):
        assert str(small) not in line
        assert line.endswith("state committed, input []")


@pytest.mark.parametrize("tool", ["ruff", "mypy", "pytest"])
def test_each_failure_is_a_failure_and_hides_no_other(small, tool):
    done = run(small, broken=tool)
    assert done.returncode == 1
    assert f"{tool} is broken" in done.stdout
    assert tools(small)[-2:] == ["pytest ", LONG]


def test_a_failed_lint_still_ends_with_the_summary(small):
    done = run(small, broken="ruff mypy")
    assert done.returncode == 1
    assert "ci: FAILED: lint" in done.stdout
    assert "ci: FAILED: types" in done.stdout
    assert done.stdout.splitlines()[-1] == "== 7 passed in 0.01s =="


def test_a_failed_installation_stops(small):
    done = run(small, broken="pip")
    assert done.returncode == 2
    assert "installing failed, so nothing was checked" in done.stderr
    assert len(called(small)) == 1


def test_it_prints_the_command_and_runs_nothing(small):
    done = run(small, "--command")
    assert (done.returncode, done.stdout) == (0, COMMAND + "\n")
    assert called(small) == []


@pytest.mark.parametrize(
    ("readme", "said"),
    [
        ("nothing here\n", "README.md has no fenced line"),
        (COMMAND + "\n", "README.md has no fenced line"),
        (README.replace(f"{COMMAND}\n```", f"{COMMAND}\n{COMMAND} -x\n```"), "more than one"),
        ('```\npython3 -m venv ".[test]"\n```\n', "has no '&&'"),
    ],
)
def test_a_readme_without_one_command_is_refused(small, readme, said):
    (small / "README.md").write_text(readme, encoding="utf-8")
    commit(small)
    done = run(small)
    assert done.returncode == 2
    assert said in done.stderr
    assert called(small) == []


def test_a_repository_without_a_commit_is_refused(small):
    shutil.rmtree(small / ".git")
    git(small, "init", "--quiet")
    done = run(small)
    assert done.returncode == 2
    assert "there is no commit to check" in done.stderr


def test_an_unknown_argument_is_refused(small):
    done = run(small, "--fast")
    assert done.returncode == 2
    assert "unknown argument: --fast" in done.stderr


def test_it_works_from_a_shallow_clone_at_a_detached_head(small):
    (small / "state.txt").write_text("newer", encoding="utf-8")
    commit(small)
    git(small.parent, "clone", "--quiet", "--depth", "1", f"file://{small}", "shallow")
    git(small.parent / "shallow", "checkout", "--quiet", "--detach")
    assert run(small.parent / "shallow").returncode == 0
    assert all("state newer" in line for line in called(small))


def test_it_works_inside_a_git_hook(small):
    assert run(small, GIT_DIR=str(small.parent / "elsewhere"), GIT_WORK_TREE="x").returncode == 0

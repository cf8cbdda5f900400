"""One file: squeezed without harm, closed by a policy, small; and the command that writes it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

import toynets
from toynets.cli import main
from toynets.errors import ToynetsError
from toynets.explorer import bundle
from toynets.explorer.data import to_json
from toynets.explorer.squeeze import squeeze, squeeze_style

MOST_BYTES = 150_000  # of a page without its data


@pytest.fixture(scope="module")
def html() -> str:
    return toynets.explore("not").html


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("const a = b / c / d;\n", "const a=b/c/d;"),
        ("x.replace( /a b/g , 'c  d' );", "x.replace(/a b/g,'c  d');"),
        ("return /[/] +/.test( s );", "return/[/] +/.test(s);"),
        ('f("// no comment"); // one\n', 'f("// no comment");'),
        (
            "const t = `a  ${ b ? `c  ${d}` : '}' }  // e`;",
            "const t=`a  ${ b ? `c  ${d}` : '}' }  // e`;",
        ),
        ("a + +b - -c", "a + +b - -c"),
        ("let a = 1\nlet b = 2\n", "let a=1\nlet b=2\n"),
        ("if (a) {\n  b();\n}\nc();\n", "if(a){b();}\nc();"),
        ("a ? b : c /* d */ ;", "a?b:c;"),
    ],
)
def test_squeezing_leaves_out_only_what_readers_need(source: str, wanted: str) -> None:
    assert squeeze(source) == wanted


def test_a_style_sheet_keeps_its_selectors() -> None:
    css = ".a :focus , .b > c { margin: 0 auto;\n  color: var(--ink); }\n"
    css += "@media (max-width: 9px) { d { e: f; } }"
    assert squeeze_style(css) == (
        ".a :focus,.b > c{margin:0 auto;color:var(--ink)}@media (max-width: 9px){d{e:f}}"
    )


def test_the_policy_allows_this_script_and_this_style_and_nothing_else(html: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    assert policy is not None
    allowed = dict(part.strip().split(" ", 1) for part in policy[1].split(";"))
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert allowed[rule] == f"'sha256-{digest}'"


def test_the_page_names_no_other_place(html: str) -> None:
    assert set(re.findall(r"https?://[^\s\"'`]+", html)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<(?:link|img|iframe|object)|@import|url\(|fetch\(|XMLHttp|eval\(", html)


def test_a_page_is_small_without_its_data(html: str) -> None:
    page = toynets.explore("not")
    assert page.code_bytes < MOST_BYTES
    assert page.html == html  # the same bytes again
    data = html.split('id="data">')[1].split("</script>")[0]
    assert len(data.encode()) == page.data_bytes
    assert json.loads(data)["network"]["name"] == "not"


def test_data_cannot_end_its_element() -> None:
    written = to_json({"why": "</script><script>alert(1)</script>"})
    assert "<" not in written and json.loads(written)["why"].startswith("</script>")


def test_two_modules_with_one_name_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "main.mjs").write_text('import { a } from "./other.mjs";\nconst b = a;\n')
    (tmp_path / "other.mjs").write_text("export const a = 1;\nconst b = 2;\n")
    monkeypatch.setattr(bundle, "FOLDER", tmp_path)
    bundle.script.cache_clear()
    with pytest.raises(ToynetsError, match=r"b is defined by other\.mjs and by main\.mjs"):
        bundle.script()
    (tmp_path / "main.mjs").write_text('import * as all from "./other.mjs";\n')
    with pytest.raises(ToynetsError, match="imports or exports in another way"):
        bundle.script()
    bundle.script.cache_clear()


def test_a_notebook_shows_the_page_in_a_closed_frame() -> None:
    shown = toynets.explore("not")._repr_html_()
    assert shown.startswith('<iframe title="Explorer of not" sandbox="allow-scripts" ')
    assert "allow-same-origin" not in shown


def test_the_command_writes_a_page_and_no_other_file_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "not.html"
    assert main(["explore", "not", "-o", str(path)]) == 0
    assert f"written: {path}" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert main(["explore", "not", "-o", str(path)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_a_network_and_an_explanation_from_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = toynets.load("xor-sum")
    network, said, out = tmp_path / "net.json", tmp_path / "said.json", tmp_path / "net.html"
    network.write_text(entry.network.to_json(), encoding="utf-8")
    wrong = entry.wrong[0].explanation
    said.write_text(wrong.to_json(), encoding="utf-8")
    assert main(["explore", str(network), "-o", str(out), "--json"]) == 0
    assert json.loads(out.read_text().split('id="data">')[1].split("</script>")[0])["said"] is None
    command = ["explore", str(network), "--explanation", str(said), "-o", str(out), "--force"]
    assert main([*command, "--json"]) == 0
    data = json.loads(out.read_text().split('id="data">')[1].split("</script>")[0])
    assert data["verdict"]["verdict"] == "refuted"
    assert data["verdict"]["witness"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "which network?"),
        (["--all"], "--all writes many files."),
        (["--all", "xor-sum", "--out", "x"], "--all takes --out DIR"),
        (["xor-sum", "--out", "x"], "--out is for --all."),
        (["xor-sum", "--against", "not"], "not has the inputs x1, but xor-sum has x1, x2."),
    ],
)
def test_wrong_use_is_told(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", *words]) == 2
    assert told in capsys.readouterr().err


def test_more_inputs_than_a_page_lists_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wide = toynets.Network.from_layers([([[1] * 13], [0], "relu")])
    (tmp_path / "wide.json").write_text(wide.to_json(), encoding="utf-8")
    assert main(["explore", str(tmp_path / "wide.json"), "--domain", "boolean"]) == 2
    assert "this domain has 8,192 of them" in capsys.readouterr().err

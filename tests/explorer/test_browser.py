"""The page in a browser: one round by keyboard, every control, an accessibility engine, a frame."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from page_browser import browse, needs_browser

import toynets
from toynets.zoo import names

pytestmark = needs_browser


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Every report of one visit: a browser is started once."""
    folder = tmp_path_factory.mktemp("page")
    page = toynets.explore("xor-sum")
    (folder / "xor-sum.html").write_text(page.html, encoding="utf-8")
    frame = f"<!doctype html><title>notebook</title>{page._repr_html_()}"
    (folder / "frame.html").write_text(frame, encoding="utf-8")
    file = str(folder / "xor-sum.html")
    jobs = [
        {"kind": "round", "file": file, "out": str(folder)},
        {"kind": "axe", "file": file},
        {"kind": "axe", "file": file, "scheme": "dark", "width": 320},
        {"kind": "keyboard", "file": file},
        {"kind": "frame", "file": str(folder / "frame.html")},
    ]
    labels = ("round", "light", "narrow", "keyboard", "frame")
    return dict(zip(labels, browse(folder, jobs), strict=True))


def test_nothing_is_asked_of_the_network_and_nothing_goes_wrong(
    found: dict[str, dict[str, Any]],
) -> None:
    for report in found.values():
        assert report["console"] == []
        assert all(r.startswith(("file://", "blob:", "about:srcdoc")) for r in report["requests"])
        assert len([r for r in report["requests"] if r.startswith("file://")]) == 1


def test_the_page_opens_in_predict_mode_and_hides_the_explanation(
    found: dict[str, dict[str, Any]],
) -> None:
    said = found["round"]
    assert said["mode"] == "predict"
    assert said["verdict"].startswith("Explanation exhaustive: every case of a finite domain")
    assert "176 cases on {0, 1}^2" in said["verdict"]
    assert said["name"] == "unit h2, now 1"  # its role comes with the open mode
    assert said["hidden"] == [] and said["explained"] == 0


def test_a_prediction_is_marked_row_by_row_with_the_product_that_differs(
    found: dict[str, dict[str, Any]],
) -> None:
    said = found["round"]
    assert said["score"].startswith("3 of 4 right.")
    assert said["marks"] == ["✓ right", "✓ right", "✓ right", "✗ differs"]
    assert said["why"] == "h2→y: −2·1 became −2·0"
    assert said["now"] == ["0", "1", "1", "2"]
    assert said["spoken"] == "revealed: the outputs change on 1 of 4 rows"
    assert said["right"].startswith("4 of 4 right.")
    assert said["sums"][-1] == "h2 = 0 (replaced; it was 1)"


def test_a_number_is_stepped_restored_and_typed_and_the_verdict_says_so(
    found: dict[str, dict[str, Any]],
) -> None:
    said = found["round"]
    assert said["openName"] == "weight from x1 to h2, value 1, excites"
    assert said["stepped"] == "weight from x1 to h2, value 5/4, edited, excites"
    assert said["focusKept"] == "x1->h2"
    assert said["unverified"].startswith("Not verified: 1 number was changed here")
    assert said["restored"] == said["openName"]
    assert said["refused"].endswith("write 0.5 or 1/2.")
    assert said["fault"].startswith("no unit h9 in xor-sum. Units: h1, h2. Nearest: h2.")


def test_two_ablations_at_once_are_what_the_package_gives(
    found: dict[str, dict[str, Any]],
) -> None:
    edited = toynets.read(found["round"]["saved"]["network"])
    domain = toynets.Domain.boolean(2)
    wanted = [
        toynets.exact.run(edited, x, "h1 = 0, h2 = mean", domain=domain)[0] for x in domain.rows
    ]
    assert [s.replace("−", "-") for s in found["round"]["both"]] == [str(v) for v in wanted]


def test_undo_redo_and_the_address(found: dict[str, dict[str, Any]]) -> None:
    said = found["round"]
    assert said["address"] == "#set=x1->h2 = 3/2&do=h1 = 0, h2 = mean&row=11"
    assert said["undone"] == ["h2 = 0", "weight from x1 to h2, value 1, excites"]
    assert said["redone"] == "weight from x1 to h2, value 3/2, edited, excites"


def test_what_is_saved_is_read_by_the_package_and_by_the_page(
    found: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    from toynets.cli import main

    said = found["round"]
    saved = said["saved"]
    assert main(["verify", saved["network"], "--explanation", saved["explanation"]]) == 1
    assert "x1->h2" in capsys.readouterr().out
    assert main(["verify", "xor-sum", "--explanation", saved["explanation"]]) == 0
    capsys.readouterr()
    claims = json.loads(Path(saved["claims"]).read_text(encoding="utf-8"))
    assert claims["network"] == f"xor-sum@sha256:{toynets.load('xor-sum').network.hash}"
    predicted, built = claims["claims"]
    assert predicted == {
        "id": "L04.2",
        "kind": "predict",
        "intervention": "h2 = 0",
        "outputs": [0, 1, 1, 1],
    }
    assert built["id"] == "L04.4" and built["weights"]["x1->h2"] == "3/2"
    assert said["loaded"] == ["h2 = 0", "weight from x1 to h2, value 3/2, edited, excites"]
    assert said["badFile"].startswith('this page reads a network or a saved state, not "something')


def test_predictions_are_graded(
    found: dict[str, dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    from toynets.cli import main

    saved = found["round"]["saved"]
    assert main(["grade", saved["claims"]]) == 1  # one row of L04.2 was predicted wrongly
    told = capsys.readouterr().out
    assert "L04.2 The network without h2: not yet" in told
    assert "At 11 you predicted" in told
    # What is in no lesson is graded with the exercise that the page made of it.
    folder = Path(saved["exercise"]).parent
    assert main(["grade", saved["own"], "--exercises", str(folder)]) == 0
    assert "right, 1 of 1 points" in capsys.readouterr().out


def test_comparing_finds_what_separates_two_networks(found: dict[str, dict[str, Any]]) -> None:
    separates, ablation, mine, theirs = found["round"]["findings"]
    assert separates.startswith("Input that separates them: (1, 0): this, edited gives 0")
    assert ablation.startswith("Ablation that separates them: h1 = 0 at (0, 1)")
    assert mine.startswith("The explanation is not true of this, edited: nothing ablated at (1, 0)")
    assert theirs.startswith("The explanation is not true of xor-difference: h1 = 0 at (0, 1)")


def test_rescaling_changes_weights_and_no_row(found: dict[str, dict[str, Any]]) -> None:
    assert found["round"]["gauge"].endswith("the outputs on none of the 4 rows.")
    assert found["round"]["scaled"] == "weight from x1 to h1, value 4, edited, excites"


def test_print_is_the_drawing_and_the_table_of_ablations(found: dict[str, dict[str, Any]]) -> None:
    said = found["round"]
    assert said["printed"] == ["network", "panel without"]
    assert [row[4:] for row in said["printedRows"][:4]] == [
        ["0", "0", "0", "0", "0", "0"],
        ["0", "0", "0", "1", "1", "1"],
        ["0", "0", "0", "1", "1", "1"],
        ["−2", "−2", "−2", "2", "2", "2"],
    ]


def test_a_lecture_shows_a_row_per_key_and_takes_it_back(found: dict[str, dict[str, Any]]) -> None:
    assert found["round"]["lecture"] == [1, 2, 3, 2]
    # With h2 = 0 the output at 11 is 2: neither drawing nor picture says so before its row.
    label, picture = found["round"]["covered"]
    assert label.startswith("output y, now 0") and picture == ["0", "1", "1", "0"]


def test_no_violation_no_overlap_nothing_off_the_page(found: dict[str, dict[str, Any]]) -> None:
    for report in (found["round"]["axe"], found["light"], found["narrow"]):
        assert report["rules"] > 30
        assert report["violations"] == []
    for report in (found["round"], found["light"], found["narrow"]):
        assert report["overlaps"] == {"labels": 9, "found": []}
    assert found["light"]["wide"] == found["narrow"]["wide"] == []


def test_every_control_is_reached_by_tab_is_seen_and_is_large_enough(
    found: dict[str, dict[str, Any]],
) -> None:
    report = found["keyboard"]
    assert report["total"] > 50
    assert report["unreached"] == [] and report["dim"] == [] and report["small"] == []


def test_a_sandboxed_frame_works_and_gives_its_state_as_text(
    found: dict[str, dict[str, Any]],
) -> None:
    assert found["frame"]["now"] == ["0", "1", "1", "2"]
    assert found["frame"]["given"]["ablation"] == "h2 = 0"


KEYBOARD = ("adder", "abs", "seven-segment", "movie-rating", "symmetry-1986", "wolf-trained")


@pytest.mark.release
@pytest.mark.parametrize("half", [0, 1])
def test_every_page_of_the_zoo(tmp_path: Path, half: int) -> None:
    """Accessibility and keyboard on every page, in light and dark, wide and narrow."""
    from toynets.api.exploring import explore_zoo

    chosen = names()[half::2]  # in two halves, for two cores
    jobs = []
    for k, (name, html) in enumerate(explore_zoo(chosen=chosen, cases=2_000)):
        assert len(html.encode()) < 400_000
        file = tmp_path / name
        file.write_text(html, encoding="utf-8")
        look = {"scheme": "dark" if k % 2 else "light", "width": 320 if k % 3 == 2 else 1440}
        index = name == "index.html"
        jobs.append({"kind": "axe", "file": str(file), "index": index, **look})
        if file.stem in KEYBOARD:
            jobs.append({"kind": "keyboard", "file": str(file)})
    assert len({job["file"] for job in jobs}) == len(chosen) + 1
    wrong = []
    for job, report in zip(jobs, browse(tmp_path, jobs, timeout=540), strict=True):
        bad = {k: report[k] for k in ("console", "violations", "wide") if report.get(k)}
        bad |= {k: report[k] for k in ("unreached", "dim", "small") if report.get(k)}
        if report.get("overlaps", {}).get("found"):
            bad["overlaps"] = report["overlaps"]["found"][:5]
        if len(report["requests"]) != 1:
            bad["requests"] = report["requests"]
        if bad:
            wrong.append((Path(job["file"]).stem, bad))
    assert wrong == [], wrong

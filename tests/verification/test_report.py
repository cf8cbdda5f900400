def test_a_blank_explanation_is_told_nothing_and_given_nothing_away():
    from toynets import zoo
    from toynets.explanation import blank_explanation
    from toynets.verification import verify

    entry = zoo.load("xor-sum")
    network = entry.network
    blank = blank_explanation(
        network.wiring,
        {u: network.activation_of(u) for u in network.units},
        about="xor-sum",
        decision={"threshold": "1/2"},
    )
    report = verify(network, blank, entry.task.domain)
    text = str(report)
    assert report.verdict == "unknown"
    assert "all hold" not in text
    assert "nothing to check" in text
    assert "contribution" not in text
    assert "0 of 9 weights" in report.progress

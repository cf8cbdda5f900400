"""The twelve questions, and who answers each."""

from __future__ import annotations

from toynets.api.asking import looking, weighing
from toynets.api.asking.record import Answer, Question
from toynets.errors import ToynetsError

QUESTIONS = (
    Question(
        1,
        "What does one weight, say 0.5, mean?",
        "toynets gauge xor-sum rescale h2 1/2",
        'toynets show xor-sum "x1->h2"',
        own="toynets show NAME WEIGHT",
        figure="weight_story",
        lesson="L13_reading_weights_as_a_program",
    ),
    Question(
        2,
        "Does the sign of a weight matter?",
        'toynets ablate xor-sum "h2->y *= -1"',
        "toynets gauge xor-tanh flip h1",
        own='toynets ablate NAME "WEIGHT *= -1"',
        figure="sign_symmetry",
        lesson="L06_same_function_other_weights",
    ),
    Question(
        3,
        "Is a large weight an important one?",
        'toynets show dead-weight "h2->y"',
        "toynets importance dead-weight --of weights",
        own="toynets importance NAME --of weights",
        figure="dead_and_dormant",
        lesson="L07_big_small_dead_double",
    ),
    Question(
        4,
        "Are negative weights as important as positive ones?",
        "toynets importance xor-sum --of weights",
        "toynets study tabular",
        own="toynets importance NAME --of weights",
        figure="edge_ablation_matrix",
        lesson="L04_xor_detector_and_corrector",
    ),
    Question(
        5,
        "Which inputs matter? With 14 inputs, 8 hidden units and 3 classes, sums of weights over "
        "many trainings disagree with what I would say.",
        "toynets importance dead-weight --of inputs",
        "toynets study tabular",
        own="toynets importance NAME --of inputs",
        figure="rank_stability",
        lesson="L11_trained_networks",
    ),
    Question(
        6,
        "Which weights connect this feature with that class?",
        "toynets importance multiplier-trained --of weights --from a2 --to p8",
        own="toynets importance NAME --of weights --from INPUT --to OUTPUT",
        figure="adder_carry",
        lesson="L10_depth",
    ),
    Question(
        7,
        "Why do two trainings give different weights?",
        "toynets compare xor-relu-1 xor-relu-2",
        "toynets census xor --runs 1000",
        own="toynets compare NAME OTHER",
        figure="two_trainings",
        lesson="L11_trained_networks",
    ),
    Question(
        8,
        "Most weights can be dropped without harm. Does that mean that none of them means "
        "anything?",
        "toynets circuits dormant-backup --of edges --ablation zero",
        "toynets study tabular",
        own="toynets circuits NAME --of edges --ablation zero",
        figure="prune_curve",
        lesson="L07_big_small_dead_double",
    ),
    Question(
        9,
        "What does a hidden unit represent, and what becomes of the input from layer to layer?",
        "toynets partition xor-sum",
        "toynets trace xor-sum 1,1",
        own="toynets partition NAME",
        figure="partition_squares",
        lesson="L04_xor_detector_and_corrector",
    ),
    Question(
        10,
        "What pattern does a hidden unit prefer?",
        "toynets pattern symmetry-1986 h1 --norm inf",
        "toynets pattern symmetry-1986 h1 --norm 2",
        own="toynets pattern NAME UNIT",
        figure="first_layer_pictures",
        lesson="L14_what_the_network_looks_at",
    ),
    Question(
        11,
        "What would I know from the wiring alone, then from the signs, then from the magnitudes?",
        "toynets connectome",
        figure="connectome_ladder",
        lesson="L13_reading_weights_as_a_program",
    ),
    Question(
        12,
        "Can the weights be read as a program?",
        "toynets listing dead-weight",
        "toynets listing parity-3",
        own="toynets listing NAME",
        figure="weights_as_program",
        lesson="L13_reading_weights_as_a_program",
    ),
)
ANSWERS = {
    1: weighing.one_weight,
    2: weighing.a_sign,
    3: weighing.a_large_weight,
    4: weighing.negative_weights,
    5: weighing.which_inputs,
    6: weighing.from_feature_to_class,
    7: looking.two_trainings,
    8: looking.dropped_weights,
    9: looking.a_hidden_unit,
    10: looking.a_pattern,
    11: looking.wiring_signs_magnitudes,
    12: looking.a_program,
}


def questions() -> tuple[Question, ...]:
    """Return the twelve questions.

    >>> len(questions()), questions()[1].text
    (12, 'Does the sign of a weight matter?')
    """
    return QUESTIONS


def answer(number: int) -> Answer:
    """Answer one question: everything in it is computed now.

    Args:
        number: 1 to 12.

    Raises:
        ToynetsError: no such question.

    >>> answer(3).numbers
    {'weight': 'h2->y', 'value': 1024.0, 'rank': 1.0, 'effect': 0.0}
    """
    for one in QUESTIONS:
        if one.number == number:
            found = ANSWERS[number]()
            return Answer(one, found.lines, found.numbers)
    raise _no_question(str(number))


def asked(words: str) -> tuple[int, ...]:
    """Read what was typed behind `toynets ask`: a number, or `all`.

    Raises:
        ToynetsError: a question in other words, or a network beside the number.

    >>> asked("3"), len(asked("all"))
    ((3,), 12)
    """
    first, *more = words.split() or [""]
    if not more and first.lower() == "all":
        return tuple(one.number for one in QUESTIONS)
    number = int(first) if first.isascii() and first.isdecimal() and len(first) < 10 else 0
    if not any(one.number == number for one in QUESTIONS):
        raise _no_question(repr(" ".join(words.split())))
    if more:
        one = QUESTIONS[number - 1]
        given = " ".join(more)
        raise ToynetsError(
            f"question {number} is answered with networks chosen for it, not with {given}.",
            fix=one.own.replace("NAME", more[0], 1) if one.own else f"toynets ask {number}",
        )
    return (number,)


def _no_question(given: str) -> ToynetsError:
    return ToynetsError(
        f"the questions are numbered 1 to {len(QUESTIONS)}, but got {given}.",
        cause="ask knows twelve questions, and no others." if " " in given else "",
        fix="toynets ask alone lists them; toynets show NAME says what each weight, bias and unit "
        "of a network is for.",
    )

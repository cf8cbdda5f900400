"""Hinton's two families: of a relative, the nationality, the generation and the sex."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO, rational
from toynets.tasks import Task

# Two family trees of one shape, as printed in 1986: couples, with the children of the first two and
# of the couple that joins them. Position for position the second is the first again.
ENGLISH = (
    *("Christopher", "Penelope", "Andrew", "Christine"),
    *("Arthur", "Margaret", "James", "Victoria", "Charles", "Jennifer"),
    *("Colin", "Charlotte"),
)
ITALIAN = (
    *("Roberto", "Maria", "Pierro", "Francesca"),
    *("Emilio", "Gina", "Marco", "Lucia", "Tomaso", "Angela"),
    *("Alfonso", "Sophia"),
)
PEOPLE = ENGLISH + ITALIAN
# By position: couples stand side by side, the man first.
_CHILDREN = {(0, 1): (4, 7), (2, 3): (6, 9), (6, 7): (10, 11)}
_COUPLES = ((0, 1), (2, 3), (4, 5), (6, 7), (8, 9))
# Who is a relative of whom: the relation, and how many generations further down.
STEPS = {
    "father": -1, "mother": -1, "husband": 0, "wife": 0, "son": 1, "daughter": 1,
    "uncle": -1, "aunt": -1, "brother": 0, "sister": 0, "nephew": 1, "niece": 1,
}
RELATIONS = tuple(STEPS)
WOMEN = ("mother", "wife", "daughter", "aunt", "sister", "niece")


def generation(person: str) -> int:
    """Return 0, 1 or 2: the oldest, their children, and the grandchildren.

    >>> generation("Penelope"), generation("Marco"), generation("Sophia")
    (0, 1, 2)
    """
    place = PEOPLE.index(person) % 12
    return 0 if place < 4 else 1 if place < 10 else 2


def relatives(person: str, relation: str) -> tuple[str, ...]:
    """Return all who are so related to a person, in order; uncles and aunts by marriage as well.

    >>> relatives("Colin", "uncle"), relatives("Colin", "husband")
    (('Arthur', 'Charles'), ())
    """
    family = PEOPLE.index(person) // 12
    people = PEOPLE[12 * family : 12 * family + 12]
    found = _found(people.index(person), relation)
    same_sex = [k for k in found if (k % 2 == 1) is (relation in WOMEN)]
    return tuple(people[k] for k in sorted(same_sex))


def _found(me: int, relation: str) -> set[int]:
    """Return positions, of both sexes."""
    if relation in ("husband", "wife"):
        return _spouse(me)
    if relation in ("father", "mother"):
        return _parents(me)
    if relation in ("son", "daughter"):
        return _children(me)
    if relation in ("brother", "sister"):
        return _siblings(me)
    if relation in ("uncle", "aunt"):
        theirs = {s for p in _parents(me) for s in _siblings(p)}
        return theirs | {s for p in theirs for s in _spouse(p)}
    return {c for one in (me, *_spouse(me)) for s in _siblings(one) for c in _children(s)}


def _spouse(me: int) -> set[int]:
    return {k for couple in _COUPLES if me in couple for k in couple if k != me}


def _parents(me: int) -> set[int]:
    return {k for parents, children in _CHILDREN.items() if me in children for k in parents}


def _children(me: int) -> set[int]:
    return {k for parents, children in _CHILDREN.items() if me in parents for k in children}


def _siblings(me: int) -> set[int]:
    return {k for p in _parents(me) for k in _children(p)} - {me}


CASES = tuple((p, r) for p in PEOPLE for r in RELATIONS if relatives(p, r))


def _row(person: str, relation: str) -> Row:
    return tuple(ONE if name in (person, relation) else ZERO for name in PEOPLE + RELATIONS)


def _rule(row: Row) -> Row:
    person, relation = (n for n, on in zip(PEOPLE + RELATIONS, row, strict=True) if on)
    one = relatives(person, relation)[0]
    numbers = (int(one in ITALIAN), generation(one), int(relation in WOMEN))
    return tuple(rational(n) for n in numbers)


TASK = Task(
    name="family-tree",
    title="nationality, generation and sex of a relative, in two trees",
    inputs=PEOPLE + RELATIONS,
    outputs=("italian", "generation", "woman"),
    domain=Domain.listed([_row(*case) for case in CASES]),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(4,),
    activation="identity",
    encode="one person and one relation are 1; of whoever is meant: 1 for Italian and for a woman, "
    "and the generation, 0 for the oldest",
    sources=(
        "G. Hinton, Learning distributed representations of concepts, Proc. 8th Annual Conference "
        "of the Cognitive Science Society, 1986, 1-12: the families and the 104 facts",
    ),
)

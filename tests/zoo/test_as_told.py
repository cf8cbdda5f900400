"""What stories of the zoo tell beyond the domain of the claim: counted here."""

from collections import Counter

from toynets import exact, zoo
from toynets.tasks import family_tree, load


def kind(person):
    """Nationality, generation and sex."""
    place = family_tree.PEOPLE.index(person)
    return place // 12, family_tree.generation(person), place % 2


def test_nationality_generation_and_sex_single_out_the_relative_in_28_of_104_cases():
    fitting = Counter()
    for person, relation in family_tree.CASES:
        meant = family_tree.relatives(person, relation)
        assert len({kind(one) for one in meant}) == 1  # so that the task has one answer
        like = [p for p in family_tree.PEOPLE if kind(p) == kind(meant[0])]
        assert set(meant) <= set(like)
        fitting["one" if len(like) == len(meant) else "more"] += 1
    assert fitting == {"one": 28, "more": 76}
    assert "28 of 104 cases; in 76" in zoo.load("family-tree").story


def test_both_families_have_one_shape():
    english, italian = family_tree.ENGLISH, family_tree.ITALIAN
    twin = dict(zip(english, italian, strict=True))
    for person in english:
        for relation in family_tree.RELATIONS:
            theirs = [twin[one] for one in family_tree.relatives(person, relation)]
            assert theirs == list(family_tree.relatives(twin[person], relation))
    assert family_tree.relatives("Colin", "aunt") == ("Margaret", "Jennifer")
    assert family_tree.relatives("Arthur", "niece") == ("Charlotte",)
    assert family_tree.relatives("Jennifer", "brother") == ("James",)


def test_the_trained_table_decides_491_of_the_512_rows_of_its_training():
    network, table = zoo.load("table-trained").network, load("tabular")
    right = 0
    for row in table.domain:
        values, wanted = exact.run(network, row), table.target(row)
        right += wanted[max(range(3), key=lambda k: values[k])] == 1
    assert right == 491
    assert "491 of the 512 rows" in zoo.load("table-trained").story


def test_composition_of_motions_is_that_of_permutations_of_the_corners():
    from toynets.zoo.s3 import MOTIONS, _then

    def corners(motion):
        mirrored, turned = divmod(motion, 3)
        return [((-k if mirrored else k) + turned) % 3 for k in range(3)]

    for a in MOTIONS:
        for b in MOTIONS:
            both = [corners(a)[corners(b)[k]] for k in range(3)]
            assert both == corners(_then(a, b))

"""Which figures stay unsaid, so that no group of one to four people shows a rate, not even by subtraction.

Source: promise 10 of the product; small groups as such are hidden first ("primary"), then as many others as it takes
("complementary suppression", as statistical offices do; Willenborg and de Waal, Elements of Statistical Disclosure
Control, 2001, chapter 3).

What somebody may know who tries: every figure that is shown, all sums, and that people come whole. Nothing protects
against one thing: where nobody at all (or everybody) has finished, the total says it of each group.
"""

from __future__ import annotations

from collections.abc import Sequence

FEWEST = 5


def too_few(people: int) -> bool:
    """Whether a group is so small that a rate would tell of single people. A group of nobody has no rate to show."""
    return 0 < people < FEWEST


def hidden(groups: Sequence[int]) -> set[int]:
    """The positions of the groups whose figures stay unsaid when the groups' total is shown beside them.

    Those under five, and where these could be found by subtraction, the smallest others, until what is hidden is at
    least two groups and at least five people. Equal groups are taken in their order, so that two pages over the same
    groups hide the same. Where everybody stands alone ([1, 1, 1, 1, 1]) the
    caller shows no total either.
    """
    unsaid = {position for position, people in enumerate(groups) if too_few(people)}
    others = sorted(set(range(len(groups))) - unsaid, key=lambda at: (groups[at] == 0, groups[at], at))
    while unsaid and others and is_told([groups[at] for at in unsaid]):
        unsaid.add(others.pop(0))
    return unsaid


def is_told(groups: Sequence[int]) -> bool:
    """Whether the sum of hidden groups gives one of them away, or is itself a group of too few."""
    return len(groups) == 1 or sum(groups) < FEWEST or all(people == 1 for people in groups)

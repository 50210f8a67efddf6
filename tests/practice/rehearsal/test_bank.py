"""The bank of comments: enough of it, in both languages, hurting nobody, with a lawful answer to every trap."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from lms.lib.advertising import check
from lms.practice.rehearsal.bank import KINDS, Line, bank, faults, for_phone


def test_nothing_is_wrong_with_the_bank():
    assert not faults(bank())


def test_there_are_three_hundred_lines_in_each_language():
    assert len({line.zh for line in bank().lines}) >= 300
    assert len({line.en for line in bank().lines}) >= 300


def test_the_shares_are_those_of_the_model():
    shares = bank().shares

    assert sum(shares.values()) == 100
    assert (shares["price"], shares["ship"], shares["quality"], shares["trap"]) == (25, 20, 15, 4)


def test_the_bank_itself_has_the_kinds_in_about_these_shares():
    counted = Counter(line.kind for line in bank().lines)

    assert all(abs(100 * counted[kind] / len(bank().lines) - bank().shares[kind]) < 6 for kind in KINDS)


@pytest.mark.parametrize("goods", bank().goods)
def test_every_product_has_lines_of_its_own_and_of_every_kind(goods: str):
    about = bank().about(goods)

    assert len([line for line in about if line.goods == goods]) >= 10
    assert {line.kind for line in about} == set(KINDS)


@pytest.mark.parametrize("name", [name for name in bank().handlings if name.startswith("trap-")])
def test_the_answer_to_a_trap_is_lawful(name: str):
    answer = bank().handlings[name]["zh"]

    unlawful = [one.words for one in check(answer, ("alcohol", "tea", "honey")) if one.severity == "must"]
    assert not unlawful, answer


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("你们这些乡巴佬", "insult"),
        ("加我 13812345678", "away"),
        ("来 www.shop.com 买", "away"),
        ("这一句话实在是太长太长太长太长太长太长太长太长了吧", "long"),
    ],
)
def test_the_lint_finds_what_must_not_stand_there(words: str, why: str):
    bad = Line("price", "any", "number", words, "How much?")

    found = faults(replace(bank(), lines=(*bank().lines, bad)))

    assert any(words in one and why in one for one in found)


def test_a_phone_gets_the_lines_of_its_goods_in_its_language():
    told = for_phone("honey", "en")

    assert "Is it real honey?" in {line["text"] for line in told["lines"]}
    assert not any("藕" in line["text"] for line in told["lines"])
    assert all(line["answer"] for line in told["lines"])

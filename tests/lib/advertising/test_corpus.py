"""The rules against sentences with the findings that they should have; the table is printed (-s shows it)."""

from __future__ import annotations

import pytest

from bench import copy


@pytest.fixture(scope="module")
def corpus() -> list[copy.Sentence]:
    return [sentence for part in copy.PARTS for sentence in copy.sentences(part)]


def test_the_corpus_is_large_enough_and_nothing_stands_twice(corpus):
    assert sum(bool(sentence.expected) for sentence in corpus) >= 200
    assert sum(not sentence.expected for sentence in corpus) >= 200
    assert len({sentence.words for sentence in corpus}) == len(corpus)


def test_recall_and_precision_over_all_sentences(corpus):
    score = copy.score(corpus)

    print(copy.table(score))
    assert score.recall() >= 0.95, score.mistakes
    assert score.precision() >= 0.9, score.mistakes


def test_every_rule_has_a_sentence(corpus):
    expected = {rule for sentence in corpus for rules in sentence.expected for rule in rules}

    assert {rule.id for rule in copy.advertising.rules.book().rules} - expected == set()

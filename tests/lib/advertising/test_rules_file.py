"""The rules' file: every rule is whole, in both languages, agrees with its own examples, and can't be slow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from lms.lib import advertising
from lms.lib.advertising import obligations, parts, rules

RULES = rules.book().rules
BY_ID = {rule.id: rule for rule in RULES}
MOST_REPEATS = 80
MOST_REPEATS_INSIDE_A_REPEAT = 64


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for rule in RULES:
        yield from ((rule.id, one) for one in (rule.pattern, rule.escapes, rule.provable) if one)
    for lang, denials in rules.book().denials.items():
        yield from ((lang, one) for one in vars(denials).values())
    yield from vars(rules.book().questions).items()
    yield from rules.book().goods.items()
    yield from parts.patterns().items()
    for item in obligations.items():
        yield from ((item.id, one) for one in (item.pattern, item.also, item.concerns) if one)


PATTERNS = list(patterns())


def repeats(parsed, outside: int = 1) -> Iterator[tuple[int, int]]:
    """How often each repeat may run, and how often all repeats around it may."""
    for operation, detail in parsed:
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            most = int(detail[1])
            yield most, outside
            yield from repeats(detail[2], outside * max(1, most))
        elif operation is code.BRANCH:
            for branch in detail[1]:
                yield from repeats(branch, outside)
        elif operation is code.SUBPATTERN:
            yield from repeats(detail[3], outside)
        elif operation in (code.ASSERT, code.ASSERT_NOT):
            yield from repeats(detail[1], outside)


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _pattern in PATTERNS])
def test_no_pattern_repeats_without_bound_or_many_times_inside_a_repeat(name, pattern):
    for most, outside in repeats(parser.parse(pattern.pattern)):
        assert most <= MOST_REPEATS, f"{name} repeats up to {most} times"
        assert most == 1 or outside * most <= MOST_REPEATS_INSIDE_A_REPEAT or outside == 1, (
            f"{name}: {outside} x {most}"
        )


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_own_examples_and_leaves_the_others(rule):
    packs = [rule.pack] if rule.pack else []
    for words in rule.hits:
        assert rule.id in {finding.rule for finding in advertising.check(words, packs)}, words
    for words in rule.misses:
        assert rule.id not in {finding.rule for finding in advertising.check(words, packs)}, words


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_why_and_what_instead_in_both_languages(rule):
    assert set(rule.article) == set(rule.why) == {"zh", "en"}
    assert all(rule.article.values()) and all(rule.why.values())
    assert 1 <= len(rule.rewrites) <= 3 and len(rule.hits) >= 1 and rule.misses
    assert bool(rule.proof["zh"] and rule.proof["en"]) or (rule.severity != "proof" and rule.provable is None)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_what_a_rule_proposes_is_lawful_itself(rule):
    for rewrite in rule.rewrites:
        said = rewrite.replace("{x}", "甜").replace(advertising.BLANK, "3")
        assert [finding for finding in advertising.check(said, advertising.PACKS) if finding.severity == "must"] == []


def test_a_rewrite_brings_no_number_of_its_own_but_the_hours_of_a_claim():
    for rule in RULES:
        for rewrite in rule.rewrites:
            assert not re.search(r"\d", rewrite.replace("24小时", "")), (rule.id, rewrite)


def test_the_version_in_the_code_is_the_files():
    assert rules.book().version == advertising.RULES_VERSION


def test_ids_fit_their_column():
    assert all(len(rule.id) <= 16 for rule in RULES)


def test_a_rule_with_an_unknown_severity_is_refused():
    entry = {"id": "X-1", "severity": "perhaps"}
    with pytest.raises(ValueError, match="X-1"):
        rules.rule(entry, {})

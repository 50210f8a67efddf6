"""What a new lesson begins with is told, line by line, until somebody has written it over."""

from __future__ import annotations

from lms.catalogue import lint, skeletons
from tests.catalogue.courses import ZH, course


def told(zh: str) -> list[int]:
    """The lines of the Chinese page that are told as sample text."""
    found = [problem for problem in lint.check(course(zh=zh)) if problem.code == "sample"]
    assert all((problem.path, problem.severity) == ("light/zh.md", "error") for problem in found)
    return [problem.line for problem in found]


def test_each_piece_of_a_new_page_is_told_where_it_begins():
    page = skeletons.LESSON["zh"].format(title="顺着光拍", check="light-1")
    lines = page.splitlines()
    starts = [lines[number - 1][:6] for number in told(page)]
    assert starts == ["summar", "先说一件大家", ">! 这一课", "1. 第一步", "问一个看完就", "- [x] "]


def test_what_the_author_wrote_is_left_alone_and_so_is_a_heading_that_fits():
    assert told(ZH.replace(">! 太阳在你背后。", ">! 太阳在你背后。\n\n## 照着做\n\n1. 转一圈。")) == []


def test_ticking_another_answer_is_not_writing_one():
    assert told(ZH.replace("- [ ] 站东边", "- [ ] 对的答案")) == [15]


def test_a_first_lesson_that_is_called_so_still_wants_a_name():
    assert told(ZH.replace("title: 顺着光拍", "title: 第一课")) == [2]


def test_a_question_that_was_only_inserted_is_told():
    block = skeletons.BLOCKS["try"]["zh"].format(id="q-1")
    assert len(told(f"{ZH}\n{block}")) == 1


def test_quizzes_are_looked_at_in_both_languages():
    quizzes = {f"light/quiz.{lang}.md": text.format(check="a").encode() for lang, text in skeletons.QUIZ.items()}
    found = {problem.path for problem in lint.check({**course(), **quizzes}) if problem.code == "sample"}
    assert found == set(quizzes)

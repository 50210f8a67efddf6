"""A course folder becomes a course; what cannot be understood is told with file and line, and nothing raises."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lms.catalogue import course as courses
from lms.catalogue import lint, sandbox
from tests.catalogue.courses import CONTENTS, EN, SVG, ZH, course, with_body

ANYTHING = st.text(alphabet=st.sampled_from(list(":：! >`#[]()x1.、-*|\n 中a\"'=\\{}&%")), max_size=300)


def told(files: dict[str, bytes], code: str) -> list[tuple[str, int]]:
    """Where problems of this code are told."""
    return [(problem.path, problem.line) for problem in lint.check(files) if problem.code == code]


def test_a_good_course_has_no_problems():
    parsed, problems = lint.checked(course())
    assert problems == []
    assert parsed.title == {"zh": "拍摄", "en": "Shooting"}
    assert [step.key for step in parsed.lessons[0].steps] == ["light/read", "light/check:sun-side"]


def test_a_question_knows_its_answers_and_what_to_say():
    parsed, _problems = courses.parse(course())
    question = parsed.lessons[0].check("light/check:sun-side")
    assert [(option.text, option.right, option.say) for option in question.options] == [
        ("站西边", True, "对。"),
        ("站东边", False, "转过身来。"),
    ]
    assert not question.multiple


def test_several_answers_may_be_right():
    zh = ZH.replace("- [ ] 站东边\n", "- [x] 转过身\n  > 也对。\n- [ ] 站东边\n")
    parsed, _problems = courses.parse(course(zh=zh))
    assert parsed.lessons[0].check("light/check:sun-side").multiple


def test_a_task_keeps_its_rubric_as_rows():
    rows = "| 看什么 | 0 分 | 1 分 | 2 分 | 3 分 |\n|---|---|---|---|---|\n| 光 | 黑 | 暗 | 亮 | 匀 |\n"
    files = with_body(f":::task film\n拍一段。\n\n{rows}\n:::")
    parsed, problems = lint.checked(files)
    [task] = [block for block in parsed.lessons[0].blocks["zh"] if block.kind == "task"]
    assert problems == []
    assert (task.criteria[0].name, task.criteria[0].levels) == ("光", ("黑", "暗", "亮", "匀"))


def test_a_quiz_says_how_many_are_drawn_and_pass():
    quiz = "---\ndraw: 1\npass: 1\ntries: 3\n---\n" + ZH.partition("太阳在你背后。\n")[2].replace("sun-side", "side")
    english = "---\ndraw: 1\npass: 1\ntries: 3\n---\n" + EN.partition("behind you.\n")[2].replace("sun-side", "side")
    files = {**course(), "light/quiz.zh.md": quiz.encode(), "light/quiz.en.md": english.encode()}
    parsed, problems = lint.checked(files)
    assert problems == []
    assert (parsed.lessons[0].quiz.draw, parsed.lessons[0].quiz.pass_mark, parsed.lessons[0].quiz.tries) == (1, 1, 3)


def test_an_exam_draws_from_all_quizzes():
    quiz = ZH.partition("太阳在你背后。\n")[2].replace("sun-side", "side").encode()
    contents = CONTENTS + "\n[exam]\ndraw = 1\npass = 1\n"
    parsed, problems = courses.parse({**course(contents=contents), "light/quiz.zh.md": quiz, "light/quiz.en.md": quiz})
    assert problems == []
    assert [question.id for question in parsed.exam.questions] == ["side"]


def test_a_missing_table_of_contents_is_told():
    parsed, [problem] = courses.parse({"light/zh.md": ZH.encode()})
    assert parsed is None
    assert str(problem).startswith("course.toml: ")


def test_broken_toml_is_told_with_its_line():
    _parsed, [problem] = courses.parse(course(contents='order = 1\nlessons = ["light"\n'))
    assert problem.path == "course.toml"
    assert problem.line >= 2


def test_broken_front_matter_is_told_with_its_line_and_the_rest_is_read():
    files = course(zh=ZH.replace("minutes: 4", "minutes: [4"))
    parsed, problems = courses.parse(files)
    assert ("light/zh.md", "front_matter") in [(problem.path, problem.code) for problem in problems]
    assert parsed.lessons[0].blocks["zh"]


def test_an_alias_in_front_matter_is_refused():
    assert told(course(zh=ZH.replace("title: 顺着光拍", "a: &a [x]\ntitle: *a")), "front_matter") == [
        ("light/zh.md", 3)
    ]


def test_text_in_another_encoding_is_told():
    assert told({**course(), "light/zh.md": ZH.encode("gb18030")}, "encoding") == [("light/zh.md", 2)]


LINE = ZH.split("\n").index(">! 太阳在你背后。") + 3
WRONG = {
    "unclosed": (":::teacher\n说\n", LINE),
    "unopened": (":::\n", LINE),
    "unknown_block": (":::quote\n说\n\n:::\n", LINE),
    "no_id": (":::try\n做\n\n:::\n", LINE),
    "bad_id": (":::try Sun Side\n做\n\n:::\n", LINE),
    "same_id": (":::try a\n做\n\n:::\n\n:::try a\n做\n\n:::\n", LINE + 5),
    "no_right": (":::check b\n问？\n\n- [ ] 一\n  > 错\n- [ ] 二\n  > 错\n\n:::\n", LINE),
    "few_answers": (":::check b\n问？\n\n- [x] 一\n\n:::\n", LINE),
    "no_question": (":::check b\n- [x] 一\n- [ ] 二\n  > 错\n\n:::\n", LINE),
    "unexplained": (":::check b\n问？\n\n- [x] 一\n- [ ] 二\n\n:::\n", LINE + 4),
    "indent": (":::check b\n问？\n\n- [x] 一\n    > 对\n- [ ] 二\n  > 错\n\n:::\n", LINE + 4),
    "slip": (":::check b\n问？\n\n- [x] 一\n- [] 二\n\n:::\n", LINE + 4),
    "stray": (":::check b\n问？\n\n- [x] 一\n多出来\n- [ ] 二\n  > 错\n\n:::\n", LINE + 4),
    "no_rubric": (":::task a\n拍\n\n:::\n", LINE),
    "rubric": (":::task a\n拍\n\n| 看 | 0 |\n|---|---|\n| 光 | 黑 |\n\n:::\n", LINE + 5),
    "two_keys": (">! 又一句\n", LINE),
    "no_alt": ("![](sun.svg)\n", LINE),
    "dead_image": ("![图](gone.svg)\n", LINE),
    "elsewhere": ("![图](https://example.com/a.png)\n", LINE),
    "bad_drawing": ("![图](bad.svg)\n", LINE),
    "bad_picture": ("![图](bad.png)\n", LINE),
    "no_sound": ("![看](he.mp4)\n", LINE),
    "dead_link": ("看[这个](notes.txt)。\n", LINE),
    "too_heavy": ("[" * 500 + "\n", LINE),
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_wrong_is_told_with_its_line(code: str):
    body, line = WRONG[code]
    files = {
        **with_body(body),
        "light/sun.svg": SVG,
        "light/bad.svg": b"<svg",
        "light/bad.png": b"no",
        "light/he.mp4": b"",
    }
    assert ("light/zh.md", line) in told(files, code)


PAIRS = {
    "pair_missing": EN.replace("sun-side", "sun-place"),
    "pair_answers": EN.replace("- [ ] In the east\n", "- [ ] In the north\n  > No.\n- [ ] In the east\n"),
    "pair_right": EN.replace("[x] In the west", "[ ] In the west").replace("[ ] In the east", "[x] In the east"),
}


@pytest.mark.parametrize("code", PAIRS)
def test_languages_that_do_not_match_are_told(code: str):
    assert "light/en.md" in [path for path, _line in told(course(en=PAIRS[code]), code)]


def test_blocks_in_another_order_are_told():
    first, second = ":::try a\n做\n\n:::\n", ":::try b\n做\n\n:::\n"
    zh = with_body(f"{first}\n{second}")["light/zh.md"]
    files = {**with_body(f"{second}\n{first}"), "light/zh.md": zh}
    assert [path for path, _line in told(files, "pair_order")] == ["light/en.md"]


def test_a_missing_translation_is_told():
    two = CONTENTS.replace('["light"]', '["light", "sound"]')
    assert told({**course(contents=two), "sound/zh.md": ZH.encode()}, "no_pair") == [("sound/zh.md", 0)]


def test_a_course_in_one_language_is_only_warned_about():
    files = {path: content for path, content in course().items() if path != "light/en.md"}
    [problem] = lint.check(files)
    assert (problem.code, problem.severity) == ("one_language", "warning")


CONTENTS_WRONG = {
    "unknown_requires": CONTENTS.replace('"check"', '"exam"'),
    "no_lesson": CONTENTS.replace('"light"', '"light", "gone"'),
    "twice": CONTENTS.replace('"light"', '"light", "light"'),
    "bad_id": CONTENTS.replace('"light"', '"../light"'),
    "no_lessons": CONTENTS.replace('["light"]', "[]"),
    "no_title": CONTENTS.partition("[title]")[0],
    "unknown_setting": "colour = 1\n" + CONTENTS,
    "bad_setting": "order = true\n" + CONTENTS,
    "bad_star": 'starred = ["moon"]\n' + CONTENTS,
    "exam": CONTENTS + "\n[exam]\ndraw = 3\n",
}


@pytest.mark.parametrize("code", CONTENTS_WRONG)
def test_what_is_wrong_in_the_table_of_contents_is_told(code: str):
    assert "course.toml" in [path for path, _line in told(course(contents=CONTENTS_WRONG[code]), code)]


def test_a_page_that_is_too_heavy_for_the_phone_is_told():
    words = "\n\n".join("".join(chr(0x4E00 + (place * 89 + n * 7) % 9000) for n in range(90)) for place in range(80))
    assert ("light/zh.md", 0) in told(with_body(words), "heavy_page")
    assert ("light/zh.md", 0) in told(with_body(words), "long_text")


def test_a_problem_reads_as_file_line_what_and_what_to_do():
    [problem] = [
        one for one in lint.check(with_body("![](sun.svg)") | {"light/sun.svg": SVG}) if one.path == "light/zh.md"
    ]
    text = (
        "light/zh.md:10: the picture has no description, write between [ and ] what can be seen, for those who cannot"
    )
    assert str(problem) == f"{text} see it"


def test_a_long_list_of_links_is_no_fault():
    assert told(with_body("\n".join(f"- [声音 {number}](../light/zh.md)" for number in range(900))), "too_heavy") == []


def test_text_that_takes_too_long_to_show_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "SECONDS", 1)
    body = "\n\n".join(["[" * 399] * 450)
    assert told(with_body(body, both=False), "slow") == [("light/zh.md", LINE)]


@given(ANYTHING, ANYTHING)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_an_author_writes_only_problems_come_of_it(body: str, matter: str):
    _parsed, problems = courses.parse(course(zh=f"---\n{matter}\n---\n{body}", en=body, contents=matter))
    assert all(str(problem) for problem in problems)
    _parsed, problems = courses.parse(course(zh=f"---\n{matter}\n---\n{body}", en=body))
    assert all(problem.line >= 0 for problem in problems)


@given(st.binary(max_size=200))
def test_whatever_bytes_lie_there_only_problems_come_of_them(content: bytes):
    courses.parse({"course.toml": CONTENTS.encode(), "light/zh.md": content, "light/quiz.zh.md": content})
    courses.parse({"course.toml": content})

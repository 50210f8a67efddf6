"""The scanner finds fences, key sentences, images and steps with their lines, and never raises."""

from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue import scanner

MARKUP = st.text(alphabet=st.sampled_from(list(':：! >`~#[]()x1.、-*|\n 中a"“”')), max_size=200)


def kinds(text: str) -> list[str]:
    return [piece.kind for piece in scanner.scan(text)]


def test_a_fence_keeps_its_name_its_line_and_its_content():
    [before, fence] = scanner.scan("前面\n\n:::check sun-side\n问\n\n:::\n")
    assert (before.kind, before.line) == ("prose", 1)
    assert (fence.kind, fence.argument, fence.line, fence.first_inside) == ("check", "sun-side", 3, 4)
    assert fence.lines == ("问", "")


def test_full_width_colons_open_and_close_too():
    [fence] = scanner.scan("：：：teacher\n说\n：：：")
    assert (fence.kind, fence.lines, fence.closed) == ("teacher", ("说",), True)


def test_an_unclosed_fence_ends_where_the_next_one_begins():
    [first, second] = scanner.scan(":::teacher\n说\n:::try turn\n做\n:::")
    assert (first.kind, first.closed, first.lines) == ("teacher", False, ("说",))
    assert (second.kind, second.closed, second.line) == ("try", True, 3)


def test_an_unclosed_fence_at_the_end_is_told():
    [fence] = scanner.scan(":::teacher\n说\n")
    assert not fence.closed


def test_a_closing_line_without_an_opening_one_stands_alone():
    assert [piece.kind for piece in scanner.scan("a\n\n:::\n\nb")] == ["prose", "", "prose"]


def test_nothing_in_a_code_block_is_a_fence():
    assert kinds("```\n:::check x\n1. a\n```\n") == ["prose"]


def test_a_code_mark_that_never_closes_swallows_nothing():
    assert kinds("```\na\n\n:::teacher\n说\n:::") == ["prose", "teacher"]


def test_a_numbered_list_is_steps_with_what_is_indented_below():
    [steps] = scanner.scan("1. 一\n   接着\n\n2、二\n3）三")
    assert (steps.kind, steps.lines) == ("steps", ("一\n接着", "二", "三"))


def test_a_weight_at_the_beginning_of_a_line_is_no_step():
    assert kinds("3.2 MB 的视频\n") == ["prose"]


def test_steps_right_after_a_paragraph_begin_with_one():
    assert kinds("照着做：\n1. 一\n2. 二") == ["prose", "steps"]
    assert kinds("那是\n12. 月的事") == ["prose"]


def test_steps_may_begin_with_any_number_after_an_empty_line():
    [_before, steps] = scanner.scan("前面\n\n4. 四\n5. 五")
    assert (steps.kind, steps.argument) == ("steps", "4")


def test_an_image_alone_on_its_line_is_a_figure():
    found = scanner.image('![左边亮](sun.svg "顺光")')
    assert found == scanner.Image("左边亮", "sun.svg", "顺光")


def test_an_image_may_have_brackets_spaces_and_full_width_quotation_marks():
    assert scanner.image("![a](<my file.png> “图”)") == scanner.Image("a", "my file.png", "图")
    assert scanner.image("![](a(1).png)") == scanner.Image("", "a(1).png", "")


def test_a_key_sentence_may_go_on():
    [key] = scanner.scan(">! 一\n>！ 二")
    assert (key.kind, key.text) == ("key", "一\n二")


@given(MARKUP)
def test_whatever_is_written_every_line_is_kept_in_order(text: str):
    pieces = list(scanner.scan(text))
    assert [piece.line for piece in pieces] == sorted(piece.line for piece in pieces)
    kept = "".join("".join(piece.lines) for piece in pieces if piece.kind == "prose")
    assert set(kept) <= set(text)


@given(MARKUP)
def test_scanning_takes_lines_from_the_text_only(text: str):
    last = text.count("\n") + 1
    assert all(1 <= piece.line <= last for piece in scanner.scan(text))

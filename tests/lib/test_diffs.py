"""What changed between two texts: rows to read, with the changed words marked."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from lms.lib.diffs import ADDED, GAP, REMOVED, SAME, Line, lines

texts = st.lists(st.sampled_from(["莲藕", "照着做", "", "Wash your hands", "光不对", "三点后拍"])).map("\n".join)


def marked(line: Line) -> list[str]:
    return [piece.text for piece in line.pieces if piece.marked]


def test_equal_texts_have_no_rows():
    assert lines("一\n二", "一\n二") == []


def test_a_rewritten_line_marks_only_the_characters_that_changed():
    before, after = lines("早上 10 点前拍，光不刺眼。", "早上 9 点前拍，光不晃眼。")

    assert (before.kind, before.old, before.new, marked(before)) == (REMOVED, 1, None, ["10", "刺"])
    assert (after.kind, after.old, after.new, marked(after)) == (ADDED, None, 1, ["9", "晃"])


def test_latin_words_are_marked_whole():
    before, after = lines("Stand with the sun behind you.", "Stand with the light behind you.")

    assert (marked(before), marked(after)) == (["sun"], ["light"])


def test_a_line_that_was_replaced_is_not_dotted_with_marks():
    before, after = lines("刚挖出来的藕，又白又嫩。", "Turn round once with it.")

    assert (marked(before), marked(after)) == ([], [])


def test_a_new_line_keeps_its_neighbours_and_their_numbers():
    rows = lines("一\n二", "一\n新\n二")

    assert [(row.kind, row.old, row.new, row.text) for row in rows] == [
        (SAME, 1, 1, "一"),
        (ADDED, None, 2, "新"),
        (SAME, 2, 3, "二"),
    ]


def test_unchanged_lines_far_from_a_change_are_only_counted():
    old = "\n".join(f"第 {number} 句" for number in range(1, 31))
    rows = lines(old, old.replace("第 15 句", "改了的一句"))

    assert [(row.kind, row.left_out) for row in (rows[0], rows[-1])] == [(GAP, 11), (GAP, 12)]
    assert len(rows) == 2 + 2 + 6


@given(texts, texts)
def test_the_rows_lead_from_the_one_text_to_the_other(old: str, new: str):
    rows = lines(old, new, context=1_000)

    if rows:
        assert [row.text for row in rows if row.kind != ADDED] == old.splitlines()
        assert [row.text for row in rows if row.kind != REMOVED] == new.splitlines()
    assert [row.old for row in rows if row.old] == list(range(1, len(old.splitlines()) + 1))[: len(rows)] or not rows


# Protective: a text that made the comparison quadratic would take minutes.
PATIENCE = 30


def test_a_long_text_of_equal_lines_does_not_hold_the_server_up():
    began = time.perf_counter()
    lines("\n".join(["", "稻"] * 3_000), "\n".join(["稻", ""] * 3_000 + ["新"]))

    assert time.perf_counter() - began < PATIENCE


def test_a_very_long_line_does_not_either():
    began = time.perf_counter()
    before, after = lines("莲藕" * 50_000, "藕莲" * 50_000)

    assert (marked(before), marked(after)) == ([], [])
    assert time.perf_counter() - began < PATIENCE

"""Tables of lessons on a narrow phone."""

from __future__ import annotations

from lms.catalogue.tables import carded

RUBRIC = (
    "<table><thead><tr><th>看什么</th><th>0 分</th><th align='left'>1 &amp; 2</th><th><b>3</b> 分</th></tr></thead>"
    "<tbody><tr><td><strong>声音</strong></td><td>听不清</td><td align='left'>有点吵</td>"
    "<td>句句清楚</td></tr></tbody></table>"
)


def test_every_cell_of_a_wide_table_says_its_column():
    made = carded(f"<p>看这几样。</p>{RUBRIC}")

    assert '<table class="carded">' in made and '<td data-label="0 分">听不清</td>' in made
    assert "<td data-label=\"1 &amp; 2\" align='left'>有点吵</td>" in made
    assert '<td data-label="3 分">句句清楚</td>' in made and "<p>看这几样。</p>" in made


def test_a_narrow_table_stays_as_it_is():
    narrow = (
        "<table><thead><tr><th>货</th><th>价</th></tr></thead><tbody><tr><td>藕</td><td>5 元</td></tr></tbody></table>"
    )

    assert carded(narrow) == narrow

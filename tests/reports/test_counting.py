"""Figures and the rows behind them say the same, whichever way they are counted (promises 1 and 5)."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from lms.accounts import people as accounts
from lms.administration import transferring
from lms.learning import measures, recount
from lms.outcomes import lives
from lms.programmes.models import Cohort, Membership
from lms.reports import cuts, people
from lms.reports.figures import PROGRAMME, REST, WHOLE, counted, figures, last_weeks, stored
from lms.reports.places import below
from tests.cast import COUNTY, TOWNSHIP, VILLAGE, Cast
from tests.reports.conftest import CHINA, FORD, HILL, POND, Story

KEYS = [*measures.STATES, "live"]


@pytest.fixture(params=[1, 2, 3])
def county(request: pytest.FixtureRequest, story: Story, now: datetime) -> Story:
    """Twenty people who did this and that, one of whom moved on, one of whom is forgotten."""
    chance = random.Random(request.param)
    other = other_class(story)
    for number in range(20):
        member = story.join(f"学员{number}", chance.choice([POND, HILL, FORD, VILLAGE, COUNTY]), days_ago=30)
        do_something(story, member, chance)
    members = list(Membership.select().where(Membership.left_at.is_null()))
    transferring.transfer(chance.choice(members), other, by=story.cast.admin.id, now=now, zone=CHINA)
    accounts.erase(chance.choice(members).person, by=story.cast.admin.id, now=now)
    return story


def other_class(story: Story) -> Cohort:
    """The autumn class, which takes the same course."""
    cohort = Cohort.create(
        name="秋季班",
        join_code="ROOT22",
        area=COUNTY,
        starts_on=date(2026, 3, 1),
        created_at=story.cast.cohort.created_at,
    )
    story.take(cohort)
    return cohort


def do_something(story: Story, member: Membership, chance: random.Random) -> None:
    """Nothing, a little, or the whole course; some go live."""
    days_ago = chance.choice([0, 1, 8, 15, 22])
    deed = chance.choice([lambda m, days_ago: None, story.start, story.start, story.complete])
    deed(member, days_ago=days_ago)
    if chance.random() < 0.3:
        today = member.joined_at.date() + timedelta(days=1)
        lives.report(member.person, lives.Told(lives.new_id(), today, "douyin", 30), now=member.joined_at)


def county_cut(**more: object) -> cuts.Cut:
    return cuts.Cut(areas=(COUNTY,), zone=CHINA, **more)


def test_tallies_and_rows_give_the_same_figures(county: Story, now: datetime):
    cut = county_cut()
    places, mondays = below(cut), last_weeks(now, cut)
    from_tallies, weeks = stored(cut, places, mondays)
    from_rows, weeks_again = counted(cut, places, mondays)
    shown = [(place, course, measure) for place, course, measure in from_rows if measure in KEYS]
    assert {key: from_tallies[key] for key in shown if place_counted(key)} == {
        key: from_rows[key] for key in shown if place_counted(key)
    }
    assert weeks == weeks_again


def place_counted(key: tuple[str, int, str]) -> bool:
    """Lives are counted for the whole only."""
    return key[0] == WHOLE or key[2] != "live"


def test_every_figure_is_the_number_of_its_rows(county: Story, now: datetime):
    counts = figures(county_cut(), now=now)
    asked = [people.asked(county_cut(), key, counts.this_week, "") for key in KEYS]
    assert [people.people_query(one).count() for one in asked] == [counts.of(key) for key in KEYS]


def test_every_figure_of_a_course_is_the_number_of_its_rows(county: Story, now: datetime):
    course = county.cast.version.course
    counts = figures(county_cut(), now=now)
    asked = [people.asked(county_cut(course=course), key, counts.this_week, "") for key in measures.STATES]
    found = [people.people_query(one).count() for one in asked]
    assert found == [counts.of(key, course.id) for key in measures.STATES]


def test_every_week_of_the_line_is_the_number_of_its_rows(county: Story, now: datetime):
    counts = figures(county_cut(), now=now)
    asked = {monday: people.asked(county_cut(), "active", monday, "") for monday in counts.weeks}
    assert {monday: people.people_query(one).count() for monday, one in asked.items()} == counts.weeks


def test_every_place_is_the_number_of_its_rows_and_nobody_is_lost(county: Story, now: datetime):
    counts = figures(county_cut(), now=now)
    by_place = {place.code: counts.of("enrolled", PROGRAMME, place.code) for place in counts.places}
    listed = {code: people.people_query(rows_in(code, counts.this_week)).count() for code in by_place}
    assert listed == by_place
    assert sum(by_place.values()) + counts.of("enrolled", PROGRAMME, REST) == counts.of("enrolled")


def rows_in(code: str, week: date) -> people.Asked:
    return people.asked(county_cut().within(code), "enrolled", week, "")


def test_those_whose_township_is_not_known_are_a_list_of_their_own(story: Story, now: datetime):
    story.join("陈小满", COUNTY)
    here = people.asked(county_cut(here=True), "enrolled", last_weeks(now, county_cut())[-1], "")
    assert figures(county_cut(), now=now).of("enrolled", PROGRAMME, REST) == 1
    assert [row.person.name for row in people.people_query(here)] == ["陈小满"]


def test_what_is_stored_follows_from_the_events_all_the_while(county: Story):
    recount.first_lives[:] = recount.first_lives or [lives.first_lives]
    kinds = {difference.what for difference in recount.differences(CHINA)}
    assert kinds <= {"certified"}


def test_a_village_counts_in_its_township(cast: Cast, now: datetime):
    counts = figures(county_cut(), now=now)
    assert counts.of("enrolled", PROGRAMME, TOWNSHIP) == 2


def test_filters_narrow_figures_and_rows_alike(county: Story, now: datetime):
    cut = county_cut(cohort=county.cast.cohort, since=(now - timedelta(days=31)).date())
    counts = figures(cut, now=now)
    asked = people.asked(cut, "completed", counts.this_week, "")
    assert counts.of("enrolled") < figures(county_cut(), now=now).of("enrolled")
    assert people.people_query(asked).count() == counts.of("completed")

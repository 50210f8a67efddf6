"""Who may open what (promise 6): every route says so, and everybody is tried on every route, with what is their own and
with what is their neighbours'. A route that nobody has told `entrances.py` about fails here."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Rule

from lms.settings import ROOT
from lms.web.access import Access
from tests.cast import Cast, staff
from tests.entering import signed_in
from tests.entrances import ENTRANCES
from tests.neighbours import EVERYBODY
from tests.stage import Stage, filled, raise_stage, rules, said

ROLE_OF = {"trainer": "trainer", "manager": "manager", "admin": "admin"} | {
    "strange_trainer": "trainer",
    "strange_manager": "manager",
}
READS = {"GET", "HEAD", "OPTIONS"}


def views(app: Flask) -> dict[str, Access | None]:
    """Every endpoint with its mark."""
    return {name: getattr(view, "access", None) for name, view in app.view_functions.items()}


@pytest.fixture
def stage(app: Flask, cast: Cast) -> Stage:
    """Everybody, before the doors."""
    return raise_stage(app, cast)


def expected(who: str, rule: Rule, access: Access) -> str:
    """What somebody is to meet at a route that is filled in with what is Hetian's own."""
    if access.who != "public" and who == "visitor":
        return "sign in"
    if access.who == "roles" and ROLE_OF.get(who) not in access.roles:
        return "forbidden" if who in ROLE_OF else "closed"  # who is no colleague is not told that it is there
    return "open" if not rule.arguments or who in ENTRANCES[rule.endpoint].who else "closed"


def tries(app: Flask) -> list[tuple[Rule, str, Access]]:
    """Every route with every method that it takes. `/sign-out` comes last of all."""
    marked = views(app)
    every = [
        (rule, method, marked[rule.endpoint])
        for rule in rules(app)
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]
    return sorted(every, key=lambda one: one[0].endpoint == "accounts.sign_out")


def mistakes(stage: Stage, who: str) -> list[str]:
    """Where somebody meets something else than they are to meet."""
    found = []
    for rule, method, access in tries(stage.app):
        wanted = expected(who, rule, access)
        met = stage.ask(who, rule, method, filled(stage.own, rule))
        # Past the door an empty form is refused, signing out leads to signing in, and a script is told "nobody" by 401.
        inside = met in ("refused", "sign in", "401") and (access.who == "public" or met == "refused")
        if met != wanted and not (wanted == "open" and inside):
            found.append(f"{method} {rule.rule} ({rule.endpoint}): {met}, not {wanted}")
    return found


def crossings(stage: Stage, who: str) -> list[str]:
    """Where somebody gets in by mixing what is one county's with what is the other's."""
    found = []
    for rule, method, _access in tries(stage.app):
        own, foreign = filled(stage.own, rule), filled(stage.foreign, rule)
        differing = [name for name in own if own[name] != foreign[name]]
        for name in differing if len(differing) > 1 else []:
            met = stage.ask(
                who, rule, method, own | {name: foreign[name]}, data=anything() if method == "POST" else None
            )
            if met == "open":
                found.append(f"{method} {rule.rule} with another's {name} ({rule.endpoint}): open")
    return found


def anything() -> dict[str, Any]:
    """A form in which most of our views find what they look for, so that nothing but the id can be refused."""
    file = (BytesIO((ROOT / "tests/courses/light/sun/sun.svg").read_bytes()), "sun.svg", "audio/mp4")
    words = {"sure": "yes", "name": "赵小满", "reason": "mistake", "text": "## 光", "base": "1", "revision": "1"}
    return {**words, "file": file, "kind": "wrong", "step": "sun/read", "direction": "down", "position": "1"}


def test_every_view_says_who_may_open_it(app: Flask):
    unmarked = [name for name, access in views(app).items() if access is None]
    assert not unmarked, f"Mark these with @public, @signed_in or @allow(...) from lms.web.access: {unmarked}"


def test_only_known_roles_are_named(app: Flask):
    named = {role for access in views(app).values() for role in access.roles}
    assert named <= {"trainer", "manager", "admin"}


def test_every_address_with_a_part_to_fill_in_is_told_to_this_test(app: Flask):
    unknown = {
        f"{rule.endpoint}: {rule.rule}"
        for rule in rules(app)
        if rule.arguments
        and not rule.arguments <= ENTRANCES.get(rule.endpoint, ENTRANCES["learning.path"]).parts.keys()
    }
    assert not unknown, f"Say in tests/entrances.py what fills these, and for whom they open: {sorted(unknown)}"


def test_this_test_knows_no_address_that_is_gone(app: Flask):
    assert ENTRANCES.keys() <= {rule.endpoint for rule in rules(app) if rule.arguments}


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_meets_what_they_are_to_meet(stage: Stage, who: str):
    assert not mistakes(stage, who)


@pytest.mark.parametrize("who", ["trainee", "trainer", "manager", "admin"])
def test_nobody_gets_in_with_an_id_under_another_parent(stage: Stage, who: str):
    assert not crossings(stage, who)


def unguarded(stage: Stage) -> list[str]:
    """The changes that an admin's browser makes without the session's token."""
    client, found = stage.browsers["admin"].client, []
    for rule, method, _access in tries(stage.app):
        if method in READS:
            continue
        address = stage.app.url_map.bind("localhost").build(rule.endpoint, filled(stage.own, rule), method=method)
        if client.open(address, method=method, data={"csrf_token": "forged"}).status_code != 422:
            found.append(f"{method} {address}")
    return found


def test_no_change_is_made_without_the_token(stage: Stage):
    assert not unguarded(stage)


def read_by_get(stage: Stage) -> list[str]:
    """The addresses made for changes alone that answer to GET with something else than 405; 404 where the address would
    be that of a lesson."""
    client, found = stage.browsers["admin"].client, []
    pages = {rule.rule for rule in rules(stage.app) if "GET" in rule.methods}
    for rule in [rule for rule in rules(stage.app) if rule.rule not in pages]:
        address = stage.app.url_map.bind("localhost").build(
            rule.endpoint, filled(stage.own, rule), method=min(rule.methods)
        )
        if client.get(address).status_code not in (404, 405):
            found.append(address)
    return found


def test_an_address_for_changes_is_not_read(stage: Stage):
    assert not read_by_get(stage)


@pytest.mark.parametrize("number", [0, 987_654_321, 2**31, 2**63, 10**30])
def test_a_number_that_nobody_has_is_nowhere(stage: Stage, number: int):
    admin = stage.browsers["admin"]

    admin.get(f"/admin/people/{number}", status=404)
    admin.get(f"/admin/cohorts/{number}", status=404)
    admin.get(f"/manage/progress/{number}", status=404)


@pytest.mark.parametrize(
    "address", ["/courses/%00", "/courses/light/%00", "/verify/%00", "/v/%00", "/c/%00", "/search?q=%00"]
)
def test_a_letter_that_no_table_takes_harms_nothing(stage: Stage, address: str):
    assert stage.browsers["trainee"].client.get(address).status_code in (200, 302, 404, 422)


def test_a_trainer_in_two_counties_sees_both(app: Flask, stage: Stage, cast: Cast):
    from lms.programmes.models import CohortTrainer

    CohortTrainer.create(cohort=stage.foreign.cohort, person=cast.trainer)

    page = stage.browsers["trainer"].get("/teach/cohorts")

    assert f"/teach/cohorts/{stage.own.cohort.id}" in page.links()
    assert f"/teach/cohorts/{stage.foreign.cohort.id}" in page.links()


def test_a_manager_beside_or_below_sees_nothing_above(app: Flask, stage: Stage):
    below = signed_in(app, staff("藕塘管理员", "13812340010", "manager", "349921101000"))

    below.get("/manage/areas/349921000000", status=404)
    below.get("/manage/areas/349922000000", status=404)
    assert below.get("/manage/areas/349921101000").status == 200


def test_who_is_closed_out_is_out_at_once(app: Flask, stage: Stage, cast: Cast):
    from lms.accounts import people
    from tests.cast import SPRING

    people.deactivate(cast.trainer, by=cast.admin.id, now=SPRING)

    answer = stage.browsers["trainer"].client.get("/teach/")
    assert said(answer) == "sign in"

"""What `make test` promises: a real PostgreSQL, a real Chromium, Chinese in both, pinned libraries."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.chromium import launched
from tests.postgres import postgres_url

ROOT = Path(__file__).parent.parent


def test_a_rare_character_comes_back_from_postgresql_as_it_went_in(worker_id):
    with psycopg.connect(postgres_url(worker_id, "environment")) as connection:
        (name,) = connection.execute("SELECT %s || %s", ["䶮", "𠅤"]).fetchone()
    assert name == "䶮𠅤"


def test_a_cloned_database_holds_the_template_and_leaves_it_alone(worker_id):
    ready = postgres_url(worker_id, "environment")
    with psycopg.connect(ready) as connection:
        connection.execute("CREATE TABLE county (name text)")
    with psycopg.connect(postgres_url(worker_id, "clone", template=ready)) as connection:
        connection.execute("INSERT INTO county VALUES ('示范县')")

    with psycopg.connect(postgres_url(worker_id, "clone", template=ready)) as connection:
        assert connection.execute("SELECT count(*) FROM county").fetchone() == (0,)


def test_a_killed_test_run_leaves_no_postgresql_behind():
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "from tests.postgres import temporary_cluster\n"
            "with temporary_cluster() as url:\n    print(url, flush=True)\n    input()",
        ],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    url = holder.stdout.readline().strip()
    psycopg.connect(url).close()

    os.kill(holder.pid, signal.SIGKILL)
    holder.communicate()

    assert gone_within(20, url)


def gone_within(seconds, url):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.browser
def test_chromium_opens_a_page_and_has_a_chinese_font():
    with launched() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 640})
        page.goto("data:text/html;charset=utf-8,<html lang=zh-CN><p style='font-size:40px'>田播龙</p>")
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        document = session.send("DOM.getDocument")["root"]["nodeId"]
        paragraph = session.send("DOM.querySelector", {"nodeId": document, "selector": "p"})
        fonts = session.send("CSS.getPlatformFontsForNode", paragraph)["fonts"]
    assert [font["glyphCount"] for font in fonts if "CJK" in font["familyName"]] == [3]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_with_hashes_and_names_no_index(name):
    lines = [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]
    pins = [line for line in lines if not line.startswith(" ")]
    others = [line for line in lines if line.startswith(" ")]
    assert all(re.match(r"[a-z0-9-]+(\[[a-z]+\])?==\S+( ; .+)? \\$", pin) for pin in pins)
    assert all(re.match(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?$", other) for other in others)


def test_beside_each_library_stands_what_it_saves_us():
    lists = (ROOT / "pyproject.toml").read_text().split("\n[tool.")[0]
    libraries = [line for line in lists.splitlines() if re.match(r' {4}"', line)]
    assert [line for line in libraries if not re.search(r'", +# \w', line)] == []

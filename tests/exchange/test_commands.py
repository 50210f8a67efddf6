"""The commands as an administrator types them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from flask import Flask

from lms.accounts.models import Person
from lms.settings import ROOT
from tests.cast import Cast

LIST = "姓名,手机号\n孙秀英,13812345001\n周䶮,13812345002\n"


def run(app: Flask, *words: object):
    return app.test_cli_runner().invoke(args=[str(word) for word in words])


def roster(folder: Path, text: str = LIST) -> Path:
    path = folder / "名单.csv"
    path.write_text(text, encoding="gb18030")
    return path


def test_a_dry_run_only_tells(app: Flask, cast: Cast, tmp_path: Path):
    done = run(app, "people", "import", roster(tmp_path), "--cohort", "lotus7", "--dry-run")
    assert done.exit_code == 0 and "2 new" in done.output
    assert not Person.select().where(Person.name == "周䶮").exists()


def test_a_roster_is_imported_and_the_second_time_nothing(app: Flask, cast: Cast, tmp_path: Path):
    first = run(app, "people", "import", roster(tmp_path), "--cohort", "LOTUS7")
    again = run(app, "people", "import", roster(tmp_path), "--cohort", "LOTUS7")
    assert "2 new" in first.output and "Imported." in first.output
    assert "2 known" in again.output and "Nothing to do." in again.output


def test_bad_rows_are_told_with_file_and_line(app: Flask, cast: Cast, tmp_path: Path):
    path = roster(tmp_path, LIST + "李大妈,1381234\n")
    done = run(app, "people", "import", path, "--cohort", "LOTUS7")
    assert done.exit_code == 1 and f"{path}:4:" in done.stderr
    assert run(app, "people", "import", path, "--cohort", "NOBODY").exit_code == 1


def test_backup_and_restore(app: Flask, cast: Cast, tmp_path: Path):
    archive = tmp_path / "all.tar.gz"
    assert run(app, "backup", archive).exit_code == 0
    assert run(app, "backup", archive).exit_code == 1
    assert run(app, "restore", archive).exit_code == 1
    for _time in ("once", "again within the same second"):
        done = run(app, "restore", archive, "--force")
        assert done.exit_code == 0, done.output
    assert Person.select().where(Person.name == "张秀兰").exists()


def test_python_app_py_is_the_same_command_line(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, ROOT / "app.py", "demo", "--trainees", "1", "--json"],
        env={"FIELDCAST_VAR": str(tmp_path), "PATH": ""}, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {account["role"] for account in json.loads(done.stdout)} == {"admin", "manager", "trainer", "trainee"}

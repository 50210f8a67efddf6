"""The page that ours is measured against: bare Flask, one template, three indexed reads, nothing else."""

from __future__ import annotations

import os
import sqlite3
import threading

from flask import Flask, render_template_string

app = Flask(__name__)
local = threading.local()

PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><h1>{{ title }}</h1><p>{{ name }}</p><ul>{% for n in range(40) %}<li>{{ n }} {{ summary }}</li>{% endfor %}</ul>
<p>{{ lessons }}</p></body></html>"""


def connection() -> sqlite3.Connection:
    """One connection a thread, as a careful author would."""
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(os.environ["BENCH_DATABASE"])
    return local.connection


@app.get("/")
def page() -> str:
    """Three indexed reads and a template."""
    read = connection().execute
    (name,) = read("SELECT name FROM person WHERE id = 5").fetchone()
    title, summary = read("SELECT title_zh, summary_zh FROM course_version WHERE id = 1").fetchone()
    (lessons,) = read("SELECT count(*) FROM lesson WHERE version_id = 1").fetchone()
    return render_template_string(PAGE, name=name, title=title, summary=summary, lessons=lessons)

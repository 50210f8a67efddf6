"""`scripts check FILE [--json]`: the copy coach, a line at a time."""

from __future__ import annotations

import json


def check(app, *arguments: str, said: bytes | None = None):
    return app.test_cli_runner().invoke(args=["scripts", "check", *arguments], input=said)


def test_each_finding_is_a_json_object_on_its_own_line(app, tmp_path):
    script = tmp_path / "script.txt"
    script.write_text("早上刚挖的藕\n这是全国最好的莲藕，吃了能降血压\n", encoding="utf-8")

    result = check(app, str(script), "--json")

    findings = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [(one["line"], one["words"], one["severity"]) for one in findings] == [
        (2, "全国最好", "must"),
        (2, "吃了能降血压", "must"),
    ]
    assert findings[0]["start"] == 2 and findings[0]["end"] == 6
    assert findings[0].keys() == {"line", "start", "end", "words", "severity", "rule", "article", "rewrites"}


def test_without_json_it_speaks_to_people_and_names_file_line_and_column(app, tmp_path):
    script = tmp_path / "script.txt"
    script.write_text("这是有机莲藕", encoding="utf-8")

    assert f"{script}:1:3: proof 有机 [CRT-1" in check(app, str(script)).stdout


def test_the_hosts_yes_on_the_next_line_is_found(app, tmp_path):
    script = tmp_path / "script.txt"
    script.write_text(
        "观众：能治糖尿病吗？\n主播：能，放心吃。\n观众：有小份吗？\n主播：有，两斤装。\n", encoding="utf-8"
    )

    findings = [json.loads(line) for line in check(app, str(script), "--json").stdout.splitlines()]

    assert [(one["line"], one["start"], one["words"]) for one in findings] == [(2, 3, "能")]


def test_a_pack_and_a_language_can_be_chosen(app):
    result = check(app, "-", "--json", "--pack", "alcohol", "--lang", "en", said="大家敞开喝几杯".encode())

    assert json.loads(result.stdout)["article"] == "Advertising Law, article 23(1)"


def test_a_file_from_an_old_editor_is_read(app, tmp_path):
    script = tmp_path / "script.txt"
    script.write_bytes("全网最便宜的藕".encode("gb18030"))

    assert json.loads(check(app, str(script), "--json").stdout)["words"] == "全网最便宜"


def test_a_picture_is_refused_with_a_word_on_what_to_do(app, tmp_path):
    picture = tmp_path / "script.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xff\xff\x80")

    result = check(app, str(picture))

    assert result.exit_code == 1
    assert "save it as UTF-8" in result.output


def test_a_line_beyond_the_limit_is_refused_by_its_number(app):
    result = check(app, "-", said=("藕\n" + "藕" * 200_001).encode())

    assert result.exit_code == 1
    assert ":2:" in result.output

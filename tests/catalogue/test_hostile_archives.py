"""Archives that mean harm, or were made by a careless program, are refused with a reason or taken in part."""

import contextlib
import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.catalogue import archives, folder
from lms.errors import Refused
from tests.catalogue.courses import archive, course, link

MD = "# 第一课\n\n内容\n"


def read(entries: list) -> folder.CourseFiles:
    """The course in an archive of these entries."""
    return folder.read(archive(entries), "archive")


@pytest.mark.parametrize(
    "name",
    [
        "../../../pwned.txt",
        "/pwned.txt",
        "a/../../pwned.txt",
        "..\\..\\pwned.txt",
        "C:\\pwned.txt",
        "c:pwned.txt",
        "\\\\server\\pwned.txt",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused_by_name(name: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Refused, match="pwned"):
        read([("lesson.md", MD), (name, "x")])
    assert not list(tmp_path.rglob("*"))


def test_a_link_is_refused_by_name():
    with pytest.raises(Refused, match=r"img\.png"):
        read([("lesson.md", MD), (link("img.png"), "/etc/passwd")])


def test_a_file_that_swells_is_refused_before_it_is_unpacked():
    with pytest.raises(Refused, match=r"big\.png swells"):
        read([("lesson.md", MD), ("big.png", b"\0" * (60 << 20))])


def test_a_file_that_lies_about_its_size_is_refused():
    packed = bytearray(archive([("lesson.md", MD), ("big.bin", b"\0" * (40 << 20))]).getvalue())
    at = packed.rindex(b"PK\x01\x02")
    packed[at + 20 : at + 28] = struct.pack("<II", 1000, 1000)
    with pytest.raises(Refused):
        folder.read(io.BytesIO(bytes(packed)), "archive")


def test_too_many_files_are_refused_by_the_last_record_alone():
    with pytest.raises(Refused, match="too much for one course"):
        read([(f"{number}.md", "a") for number in range(archives.MOST_FILES + 1)])


def test_two_files_of_one_name_are_refused(recwarn):
    with pytest.raises(Refused, match=r"lesson\.md"):
        read([("lesson.md", MD), ("lesson.md", "# 另一个\n")])


@pytest.mark.parametrize("content", [b"", b"hello" * 100, b"PK\x05\x06" + b"\xff" * 18])
def test_what_is_no_archive_is_refused(content: bytes):
    with pytest.raises(Refused):
        folder.read(io.BytesIO(content), "archive")


def test_a_truncated_archive_is_refused():
    whole = archive([("lesson.md", MD)]).getvalue()
    with pytest.raises(Refused, match="damaged"):
        folder.read(io.BytesIO(whole[: len(whole) // 2]), "archive")


def test_a_flipped_bit_is_noticed():
    packed = bytearray(archive([("lesson.md", MD * 50)]).getvalue())
    packed[60] ^= 0xFF
    with pytest.raises(Refused, match="damaged"):
        folder.read(io.BytesIO(bytes(packed)), "archive")


def test_a_locked_archive_is_refused():
    packed = bytearray(archive([("lesson.md", MD)]).getvalue())
    packed[6] |= 1
    packed[packed.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="password"):
        folder.read(io.BytesIO(bytes(packed)), "archive")


def test_archives_inside_are_named_and_not_opened():
    taken = read([("lesson.md", MD), ("more.zip", archive([("x.md", "a")]).getvalue())])
    assert "more.zip" in [problem.path for problem in taken.left_out]


def test_names_that_no_system_can_write_are_left_out_by_name():
    taken = read([("lesson.md", MD), ("a" * 250 + ".md", MD), ("a\nb.md", MD), (" .md", MD), ("x/" * 200 + "y.md", MD)])
    assert len(taken.left_out) == 4
    assert all("\n" not in problem.path for problem in taken.left_out)


def test_names_in_gbk_are_read():
    raw = archive([("XXXXXXXX.md", MD)]).getvalue().replace(b"XXXXXXXX", "第一课课".encode("gbk"))
    assert "第一课课/zh.md" in folder.read(io.BytesIO(raw), "archive")


def test_litter_is_dropped():
    files = [*course().items(), ("__MACOSX/._zh.md", b"x"), ("light/.DS_Store", b"x")]
    assert read(files) == course()


def test_a_native_course_may_lie_in_a_folder_of_the_archive():
    files = [(f"shooting/{path}", content) for path, content in course().items()]
    taken = read(files)
    assert (taken, taken.slug) == (course(), "shooting")


def test_several_courses_at_once_are_refused_by_name():
    with pytest.raises(Refused, match="a, b"):
        read([(f"{top}/{path}", content) for top in "ab" for path, content in course().items()])


def test_links_in_a_folder_are_not_followed(tmp_path: Path):
    (tmp_path / "lesson.md").write_text(MD, encoding="utf-8")
    (tmp_path / "passwd.md").symlink_to("/etc/passwd")
    (tmp_path / "all").symlink_to("/")
    taken = folder.read(tmp_path, "mine")
    assert sorted(problem.path for problem in taken.left_out) == ["all", "passwd.md"]


def test_reading_writes_nothing(tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "course.zip"
    path.write_bytes(archive([("lesson.md", MD), ("../out.md", MD)]).getvalue())
    with pytest.raises(Refused):
        folder.read(path, "course")
    assert [file.name for file in tmp_path.rglob("*")] == ["course.zip"]


def test_an_archive_that_needs_more_than_there_is_room_for_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 100)
    with pytest.raises(Refused, match="too much"):
        read([("lesson.md", MD), ("b.md", "b" * 60), ("c.md", "c" * 60)])


def test_zipfile_still_opens_what_we_write(tmp_path: Path):
    folder.write(course(), tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as file:
        assert file.testzip() is None
        assert file.namelist() == sorted(course())


@given(st.binary(max_size=300), st.integers(0, 200), st.integers(0, 255))
def test_whatever_bytes_come_they_are_an_archive_or_refused(content: bytes, place: int, value: int):
    damaged = bytearray(archive([("lesson.md", MD)]).getvalue())
    damaged[place % len(damaged)] = value
    for raw in (content, bytes(damaged)):
        with contextlib.suppress(Refused):
            folder.read(io.BytesIO(raw), "archive")

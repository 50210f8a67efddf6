"""What was loaded comes out again byte for byte; the format's description is itself a course; limits hold."""

import io
import os
import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from lms.catalogue import folder, lint, markdown, pictures, sandbox
from lms.errors import Refused
from tests.catalogue.courses import SVG, course

COURSES = Path(__file__).parent.parent.parent / "courses"
SHIPPED = sorted(path.parent.name for path in COURSES.glob("*/course.toml"))
NAMES = st.text(alphabet=st.sampled_from(list("ab1-中 .")), min_size=1, max_size=8).filter(
    lambda n: n.strip(" .") == n and ".." not in n
)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_course_comes_out_as_it_went_in(name: str, tmp_path: Path):
    files = folder.read(COURSES / name, name)
    folder.write(files, tmp_path / "out")
    written = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    original = {
        path.relative_to(COURSES / name).as_posix(): path.read_bytes()
        for path in (COURSES / name).rglob("*")
        if path.is_file()
    }
    assert written == original


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_course_has_nothing_to_mend(name: str):
    assert [str(problem) for problem in lint.check(folder.read(COURSES / name, name))] == []


@given(st.dictionaries(NAMES, st.binary(max_size=50), max_size=5))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_lies_in_a_native_folder_survives_an_archive(tmp_path: Path, more: dict[str, bytes]):
    files = {**course(), **{f"light/{name}.bin": content for name, content in more.items()}}
    place = tmp_path / f"{time.monotonic_ns()}.zip"
    folder.write(files, place)
    taken = folder.read(place, "course")
    assert dict(taken) == files
    assert taken.left_out == []


def test_the_same_files_make_the_same_archive(tmp_path: Path):
    folder.write(course(), tmp_path / "a.zip")
    os.utime(tmp_path / "a.zip", (1, 1))
    folder.write(dict(reversed(course().items())), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_folder_that_holds_something_is_not_written_over(tmp_path: Path):
    (tmp_path / "mine.txt").write_text("kept", encoding="utf-8")
    with pytest.raises(Refused):
        folder.write(course(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_path_that_leads_elsewhere_is_never_written(tmp_path: Path):
    with pytest.raises(Refused):
        folder.write({"../out.md": b"x"}, tmp_path / "out")
    assert list(tmp_path.rglob("*")) == []


def described() -> dict[str, bytes]:
    """The course that courses/README.md writes down."""
    text = (COURSES / "README.md").read_text(encoding="utf-8")
    # Whole pages begin with their facts; the samples of single questions do not.
    zh, quiz, en = re.findall(r"````markdown\n(---\n.*?)````", text, re.S)
    contents = re.search(r"```toml\n(.*?)```", text, re.S)[1]
    english_quiz = quiz.replace("哪个时候的太阳光，拍藕最合适？", "When is the sun best for filming?")
    return {
        "course.toml": contents.encode(),
        "light/zh.md": zh.encode(),
        "light/en.md": en.encode(),
        "light/quiz.zh.md": quiz.encode(),
        "light/quiz.en.md": english_quiz.encode(),
        "light/sun.svg": SVG,
        "light/he.mp4": b"",
        "light/he.m4a": b"",
    }


def test_what_the_format_describes_has_nothing_to_mend():
    parsed, problems = lint.checked(described())
    assert [str(problem) for problem in problems] == []
    kinds = [block.kind for block in parsed.lessons[0].blocks["zh"]]
    assert set(kinds) == {"prose", "key", "figure", "video", "steps", "teacher", "check", "try", "task"}


def test_a_call_that_takes_too_long_is_stopped_and_the_next_one_works():
    with pytest.raises(sandbox.TooHeavy):
        sandbox.run(markdown.document, ["[" * 20000], [], seconds=1)
    assert sandbox.run(markdown.document, ["一"], [])[0] == ["<p>一</p>"]


def test_a_call_that_takes_too_much_memory_is_stopped():
    with pytest.raises(sandbox.TooHeavy):
        sandbox.run(bytes, 2_000_000_000)


def test_a_forked_child_starts_workers_of_its_own():
    sandbox.run(int, "1")
    child = os.fork()
    if child == 0:
        os._exit(0 if sandbox.run(int, "2") == 2 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert sandbox.run(int, "3") == 3


def photograph(width: int, height: int, **kept: object) -> bytes:
    """A noisy JPEG."""
    out = io.BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(out, "JPEG", quality=95, **kept)
    return out.getvalue()


def test_a_photograph_becomes_at_most_40_kb_for_the_phone():
    small = sandbox.run(pictures.for_phone, photograph(2400, 1800))
    assert len(small.content) <= 40 * 1024
    assert (small.width / small.height, small.width <= 720) == (pytest.approx(4 / 3, abs=0.02), True)


def test_a_phone_gets_the_picture_upright_and_without_its_place():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "maker"
    source = photograph(400, 200, exif=exif)
    small = pictures.for_phone(source)
    assert pictures.size(source) == (200, 400)
    assert small.height > small.width
    assert dict(Image.open(io.BytesIO(small.content)).getexif()) == {}


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, photograph(300, 300)[:900]])
def test_what_is_no_picture_is_refused(content: bytes):
    with pytest.raises(pictures.BadPicture):
        pictures.for_phone(content)


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_decoded():
    out = io.BytesIO()
    Image.new("1", (6_000, 5_000)).save(out, "PNG")
    with pytest.raises(pictures.BadPicture):
        pictures.for_phone(out.getvalue())

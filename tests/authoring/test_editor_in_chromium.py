"""What only a real browser can show of the editor: typing, closing, losing the session, meeting a colleague, pasting,
dragging, publishing. Runs on one database: what the server does is told elsewhere on both."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from lms.accounts.models import SignedIn
from lms.authoring.desk import Draft
from lms.catalogue import drafts
from lms.catalogue.models import Course, CourseVersion
from lms.db import utc_now
from tests.cast import PASSWORD, Cast
from tests.chromium import launched
from tests.live import served

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)]

EDIT = "/teach/courses/light/lessons/sun/zh"
Desk = Callable[..., Page]
QUESTION = ":::check side\n蜂箱朝哪边？\n\n- [x] 南\n  > 对。\n- [ ] 北\n  > 风大。\n\n:::\n"


@pytest.fixture
def desk(app: Flask, cast: Cast) -> Iterator[Desk]:
    """Opens a page as somebody at a computer of their own: `desk(address, who=..., **context options)`."""
    with served(app) as site, launched() as browser:

        def at(address: str, who: str = "13812340002", **options: object) -> Page:
            options = {"viewport": {"width": 1280, "height": 860}, "locale": "zh-CN", **options}
            context: BrowserContext = browser.new_context(base_url=site, **options)
            page = context.new_page()
            sign_in(page, who)
            page.goto(address)
            return page

        yield at


def sign_in(page: Page, phone: str) -> None:
    """In by the door."""
    page.goto("/sign-in/staff")
    page.fill("[name=phone]", phone)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(re.compile("/(teach|manage|admin|today)"))


def write(page: Page, words: str) -> None:
    """Type at the end of the text."""
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(words)


def write_and_close_offline(page: Page, words: str) -> None:
    """Type without a network, and close the tab before it is back."""
    page.context.set_offline(True)
    write(page, words)
    with page.expect_event("close"):
        page.close(run_before_unload=True)
    page.context.set_offline(False)


def stored(cast: Cast, path: str = "sun/zh.md") -> str:
    """What the server has of a page."""
    return drafts.text(drafts.file(cast.version.course, path))


def saved(page: Page) -> None:
    """Wait until the page says that everything is stored."""
    expect(page.locator("[data-saved]")).to_contain_text(re.compile(r"\d\d:\d\d 已存好"), timeout=15_000)


def test_what_is_typed_saves_itself_and_shows_on_the_phone(desk: Desk, cast: Cast):
    page = desk(EDIT)
    write(page, "\n影子要在藕的后面。\n")
    expect(page.locator("[data-saved]")).to_contain_text("记在这台电脑里")
    expect(page.frame_locator("[data-frame]").locator("main")).to_contain_text("影子要在藕的后面", timeout=15_000)
    saved(page)
    assert stored(cast).endswith("\n影子要在藕的后面。\n")
    assert page.evaluate("localStorage.length") == 0


def test_what_is_typed_before_the_script_has_come_is_saved_too(desk: Desk, cast: Cast):
    page = desk("/teach")
    page.route("**/editor.js", lambda route: route.fallback() if page.wait_for_timeout(1500) is None else None)
    page.goto(EDIT, wait_until="commit")
    page.fill("#text", stored(cast) + "\n写得快。\n")
    expect(page.locator(".editor.scripted")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(3000)
    assert stored(cast).endswith("写得快。\n")


def test_a_closed_tab_loses_nothing(desk: Desk, cast: Cast):
    page = desk(EDIT)
    again = page.context.new_page()
    write_and_close_offline(page, "\n这句还没存上。\n")
    assert "这句还没存上" not in stored(cast)
    again.goto(EDIT)
    assert again.input_value("#text").endswith("这句还没存上。\n")
    expect(again.locator("[data-banners]")).to_contain_text("上次")
    saved(again)
    assert stored(cast).endswith("这句还没存上。\n")


def test_a_lost_session_keeps_asks_and_then_saves(desk: Desk, cast: Cast):
    page = desk(EDIT)
    SignedIn.update(ended_at=utc_now()).execute()
    write(page, "\n门关了也不丢。\n")
    expect(page.locator("[data-banners]")).to_contain_text("你已经退出登录了", timeout=15_000)
    assert "门关了也不丢" not in stored(cast)
    door = page.context.new_page()
    sign_in(door, "13812340002")
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved(page)
    assert stored(cast).endswith("门关了也不丢。\n")


def test_somebody_else_on_the_same_computer_neither_sees_nor_sends_it(desk: Desk, cast: Cast):
    page = desk(EDIT)
    other = page.context.new_page()
    write_and_close_offline(page, "\n何老师的话。\n")
    other.context.clear_cookies()
    sign_in(other, "13812340006")
    other.goto(EDIT)
    assert "何老师的话" not in other.input_value("#text")
    assert "何老师的话" not in stored(cast)


def test_without_network_it_waits_and_goes_off_by_itself(desk: Desk, cast: Cast):
    page = desk(EDIT)
    page.context.set_offline(True)
    write(page, "\n没网也能写。\n")
    expect(page.locator("[data-saved]")).to_contain_text("没网了", timeout=15_000)
    page.context.set_offline(False)
    saved(page)
    assert stored(cast).endswith("没网也能写。\n")


def test_two_who_edit_see_both_texts_and_put_them_together(desk: Desk, cast: Cast):
    page = desk(EDIT)
    theirs = stored(cast).replace("举着藕转一圈。", "慢慢转一圈。")
    drafts.save(cast.version.course, "sun/zh.md", theirs.encode(), base=1, by=cast.admin.id, now=utc_now())
    write(page, "\n何老师加的。\n")
    panel = page.locator("[role=alertdialog]")
    expect(panel).to_contain_text("管理员也存了这一页", timeout=15_000)
    expect(panel).to_contain_text("慢慢转一圈")
    expect(panel).to_contain_text("何老师加的")
    panel.get_by_role("button", name="合在一起").click()
    saved(page)
    assert "慢慢转一圈。" in stored(cast) and stored(cast).endswith("何老师加的。\n")


def test_two_windows_of_one_person_meet_and_say_so(desk: Desk, cast: Cast):
    page = desk(EDIT)
    other = stored(cast).replace("举着藕转一圈。", "慢慢转一圈。")
    drafts.save(cast.version.course, "sun/zh.md", other.encode(), base=1, by=cast.trainer.id, now=utc_now())
    write(page, "\n这个窗口加的。\n")
    panel = page.locator("[role=alertdialog]")
    expect(panel).to_contain_text("你在另一个窗口也存了这一页", timeout=15_000)
    expect(panel).not_to_contain_text("对方")
    panel.get_by_role("button", name="合在一起").click()
    saved(page)
    assert "慢慢转一圈。" in stored(cast) and stored(cast).endswith("这个窗口加的。\n")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_that_is_no_picture_is_refused_in_the_editor_and_the_text_stays(desk: Desk, scripts: bool):
    page = desk(EDIT, java_script_enabled=scripts)
    page.fill("#text", "还没存的一句。")
    page.set_input_files("#picture-file", {"name": "x.png", "mimeType": "image/png", "buffer": b"no picture"})
    page.click("[data-attach=picture-file]")
    expect(page.locator("[role=alert]")).to_contain_text("这张图打不开")
    assert page.input_value("#text") == "还没存的一句。"


def test_a_file_that_belongs_nowhere_is_not_opened_in_place_of_the_editor(desk: Desk):
    page = desk(EDIT)
    page.evaluate(GIVE.replace("image.png", "a.txt").replace("image/png", "text/plain"), ["drop", picture()])
    expect(page.locator("[data-banners]")).to_contain_text("不是图，也不是录音录像")
    assert page.url.endswith(EDIT)


@pytest.mark.parametrize(("choice", "kept"), [("用我的", "我改的"), ("用对方的", "对方改的")])
def test_in_a_conflict_one_text_can_be_chosen(desk: Desk, cast: Cast, choice: str, kept: str):
    page = desk(EDIT)
    drafts.save(cast.version.course, "sun/zh.md", "对方改的".encode(), base=1, by=cast.admin.id, now=utc_now())
    page.fill("#text", "我改的")
    page.get_by_role("button", name=choice).click(timeout=15_000)
    page.wait_for_timeout(500)
    expect(page.locator("#text")).to_have_value(kept)
    expect(page.locator("[role=alertdialog]")).to_have_count(0)
    page.wait_for_timeout(1500)
    assert stored(cast) == kept


def test_the_think_button_writes_into_both_languages(desk: Desk, cast: Cast):
    page = desk(EDIT)
    page.click("[data-insert=check]")
    expect(page.locator("[data-saved]")).to_contain_text(re.compile("两种语言|已存好|正要上传"))
    expect(page.locator("#text")).to_have_value(re.compile(r":::check q-\w+"))
    made = re.search(r":::check (q-\w+)", page.input_value("#text"))[1]
    assert f":::check {made}" in stored(cast, "sun/en.md")
    saved(page)


@pytest.mark.parametrize(
    ("button", "sign"),
    [("heading", "\n## "), ("bold", "**要紧的话**"), ("teacher", ":::teacher\n你自己的一句提醒。\n\n:::")],
)
def test_the_insert_buttons_write_what_they_say(desk: Desk, cast: Cast, button: str, sign: str):
    page = desk(EDIT)
    write(page, "\n\n")
    page.click(f"[data-insert={button}]")
    assert sign in page.input_value("#text")


def picture() -> str:
    """A small photograph in base64."""
    held = io.BytesIO()
    Image.new("RGB", (600, 400), "#1E6A45").save(held, "PNG")
    return base64.b64encode(held.getvalue()).decode()


GIVE = """([kind, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
  const names = { paste: ClipboardEvent, drop: DragEvent };
  const facts = kind === 'paste' ? { clipboardData: given } : { dataTransfer: given };
  document.getElementById('text').dispatchEvent(new names[kind](kind, { bubbles: true, cancelable: true, ...facts }));
}"""


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped_and_waits_for_its_words(desk: Desk, cast: Cast, kind: str):
    page = desk(EDIT)
    write(page, "\n\n")
    page.evaluate(GIVE, [kind, picture()])
    expect(page.locator("#text")).to_have_value(re.compile(r"!\[\]\(picture\.webp\)"))
    expect(page.locator("#files")).to_contain_text("picture.webp")
    assert "sun/picture.webp" in Draft(cast.version.course).rows
    expect(page.locator("[data-publish]")).to_contain_text("还差 1 处，去改好", timeout=15_000)
    page.keyboard.insert_text("一块绿地")
    expect(page.locator("[data-publish]")).to_contain_text("发布", timeout=15_000)


def test_what_is_to_be_mended_is_a_jump_away(desk: Desk, cast: Cast):
    page = desk(EDIT)
    page.fill("#text", stored(cast).replace("![左边顺光，藕发亮]", "![]"))
    expect(page.frame_locator("[data-frame]").locator(".fault-note")).to_contain_text("第 10 行", timeout=15_000)
    expect(page.locator(".mirror .fault")).to_have_attribute("data-number", "10")
    page.click("[data-gauges] a[data-line='10']")
    chosen = page.evaluate(
        "[text.selectionStart, text.selectionEnd].map((at) => text.value.slice(0, at).split('\\n').length)"
    )
    assert chosen == [10, 10]


def test_the_lines_behind_the_letters_stay_with_them(desk: Desk, cast: Cast):
    page = desk(EDIT)
    write(page, "\n" + "很长的一句话，" * 40)
    heights = page.evaluate("[text.scrollHeight, document.querySelector('.mirror').offsetHeight]")
    assert abs(heights[0] - heights[1]) <= 2


def test_a_voice_is_recorded_and_stands_beside_its_page(desk: Desk, cast: Cast):
    page = desk(EDIT, permissions=["microphone", "camera"])
    page.click("[data-record=voice]")
    page.wait_for_timeout(1500)
    page.click("[data-recorder-stop]")
    expect(page.locator("[data-recorder-weight]")).to_contain_text("KB")
    page.click("[data-recorder-send]")
    expect(page.locator("#files, [data-banners]").filter(has_text=re.compile("voice|ffmpeg")).first).to_be_visible()


def test_lessons_are_dragged_into_another_order(desk: Desk, cast: Cast):
    page = desk("/teach/courses/light")
    grip = page.locator("[data-lesson=voice] [data-grip]").bounding_box()
    target = page.locator("[data-lesson=sun]").bounding_box()
    page.mouse.move(grip["x"] + 8, grip["y"] + 8)
    page.mouse.down()
    page.mouse.move(target["x"] + 30, target["y"] + 20, steps=4)
    page.mouse.move(target["x"] + 30, target["y"] + 4, steps=4)
    page.mouse.up()
    expect(page.locator("[data-order-said]")).to_contain_text("顺序存好了")
    assert Draft(cast.version.course).lesson_keys == ["voice", "sun"]


def test_from_an_empty_course_to_a_published_one(desk: Desk, cast: Cast):
    page = desk("/teach/courses/new")
    page.fill("[name=title_zh]", "养蜂")
    page.fill("[name=name]", "bees")
    page.click("main button[type=submit]")
    page.click("[data-lesson=first] strong")
    expect(page.locator("[data-publish]")).to_contain_text("还差")
    page.fill("#text", f"---\ntitle: 蜂箱\nminutes: 3\nsummary: 摆对蜂箱。\n---\n蜂箱朝南放。\n\n{QUESTION}")
    saved(page)
    page.click(".editor-pages a[href$='quiz.zh']")
    page.fill("#text", QUESTION)
    saved(page)
    expect(page.locator("[data-publish]")).to_contain_text("发布", timeout=15_000)
    page.click("[data-publish] a")
    page.fill("[name=note]", "第一版")
    page.click("main form button[type=submit]")
    assert "第 1 版" in page.inner_text("main")
    version = CourseVersion.get(CourseVersion.course == Course.get(Course.slug == "bees"))
    assert (version.number, version.note) == (1, "第一版")


def test_everything_works_without_a_script(desk: Desk, cast: Cast):
    page = desk(EDIT, java_script_enabled=False)
    page.fill("#text", stored(cast) + "\n没有脚本也能写。\n")
    page.click("[data-plain] button")
    assert stored(cast).endswith("没有脚本也能写。\n")
    page.goto("/teach/courses/light")
    page.click("[data-lesson=sun] button[value=down]")
    assert Draft(cast.version.course).lesson_keys == ["voice", "sun"]
    page.goto("/teach/courses/light/publish")
    page.click("main form button[type=submit]")
    assert cast.version.course.versions.count() == 2
    page.goto(EDIT)
    page.click("button[value=check]")
    assert re.search(r":::check q-\w+", stored(cast, "sun/en.md"))


ADDRESSES = [
    "/teach", "/teach/courses/new", "/teach/courses/load", "/teach/courses/light", "/teach/courses/light/settings",
    "/teach/courses/light/publish", "/teach/courses/light/versions", "/teach/courses/light/versions/1/changes",
    "/teach/courses/light/archive", "/teach/courses/light/lessons/sun/removal", EDIT,
    "/teach/courses/light/lessons/sun/quiz.en", "/teach/courses/light/lessons/sun/reading/zh",
    "/teach/faults", "/teach/help", "/teach/help/format", "/teach/cohorts",
    "/teach/cohorts/1", "/teach/cohorts/1/people/1", "/teach/cohorts/1/code", "/teach/cohorts/1/dates",
    "/teach/cohorts/1/cards", "/teach/cohorts/1/closing", "/teach/cohorts/1/people/new",
]  # fmt: skip


@pytest.mark.parametrize(("locale", "width"), [("zh-CN", 360), ("en-GB", 1280)])
def test_every_page_fits_and_axe_finds_nothing(desk: Desk, cast: Cast, locale: str, width: int):
    page = desk("/teach", locale=locale, viewport={"width": width, "height": 800})
    found = {}
    for address in ADDRESSES:
        page.goto(address)
        wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        violations = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(page).response["violations"]]
        if wider > 0 or violations:
            found[address] = (wider, violations)
    assert found == {}


def test_the_pure_parts_merge_and_insert(desk: Desk, cast: Cast):
    page = desk(EDIT)
    folder = page.evaluate("document.querySelector('script[src*=editor]').src.replace(/editor\\.js$/, '')")
    merged = page.evaluate(
        """async (folder) => {
          const { merge } = await import(`${folder}merging.js`);
          const marks = { mine: '<', theirs: '=', end: '>' };
          return [merge('a\\nb\\nc', 'A\\nb\\nc', 'a\\nb\\nC', marks), merge('a\\nb', 'x\\nb', 'y\\nb', marks)];
        }""",
        folder,
    )
    assert merged[0] == {"text": "A\nb\nC", "conflicts": 0}
    assert merged[1] == {"text": "<\nx\n=\ny\n>\nb", "conflicts": 1}
    inside = page.evaluate(
        """async (folder) => {
          const { block } = await import(`${folder}inserting.js`);
          const text = ':::check a\\nasked\\n\\n:::\\nend\\n';
          return block(text, text.indexOf('asked'), '![](x.webp)').text;
        }""",
        folder,
    )
    assert inside == ":::check a\nasked\n\n:::\n\n![](x.webp)\n\nend\n"

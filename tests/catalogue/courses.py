"""A small native course to write over, and the hostile archives that nobody should have to download."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Iterable

CONTENTS = """requires = ["read", "check"]
lessons = ["light"]

[title]
zh = "拍摄"
en = "Shooting"
"""

ZH = """---
title: 顺着光拍
minutes: 4
summary: 学会找太阳。
---
藕没变，是你站的地方不对。

>! 太阳在你背后。

:::check sun-side
太阳在西边，你站哪边拍？

- [x] 站西边
  > 对。
- [ ] 站东边
  > 转过身来。

:::
"""

EN = """---
title: Film with the light
minutes: 4
summary: Find the sun.
---
You stand in the wrong place.

>! The sun behind you.

:::check sun-side
The sun is in the west. Where do you stand?

- [x] In the west
  > Yes.
- [ ] In the east
  > Turn round.

:::
"""

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10" fill="#1E6A45"/></svg>'


def course(**pages: str) -> dict[str, bytes]:
    """The small course with some of its pages written over: `zh=`, `en=`, `contents=`."""
    return {
        "course.toml": pages.get("contents", CONTENTS).encode(),
        "light/zh.md": pages.get("zh", ZH).encode(),
        "light/en.md": pages.get("en", EN).encode(),
    }


def with_body(body: str, *, both: bool = True) -> dict[str, bytes]:
    """The small course with this text between the key sentence and the question, in both languages."""
    zh = ZH.replace(">! 太阳在你背后。", f">! 太阳在你背后。\n\n{body}")
    en = EN.replace(">! The sun behind you.", f">! The sun behind you.\n\n{body}")
    return course(zh=zh, en=en if both else EN)


def archive(entries: Iterable[tuple[str | zipfile.ZipInfo, bytes | str]]) -> io.BytesIO:
    """A .zip of these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    out.seek(0)
    return out


def link(name: str) -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.create_system = 3
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry

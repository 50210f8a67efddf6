"""A lesson that asks a question of every kind, in both languages."""

from __future__ import annotations

import io
import wave

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50" fill="#1E6A45"/></svg>'
)

ZH = """---
title: 各种题
minutes: 3
summary: 每种题来一道。
---
来，动手答。

:::check clean pictures
哪一张是擦过的镜头？

- [x] ![清楚的花](a.svg)
  > 对。花瓣清楚。
- [ ] ![模糊的花](b.svg) 这一张
  > 糊了，镜头没擦。

:::

:::check steps order
按先后排好。

1. 擦镜头
   > 镜头要先擦。
2. 站稳
3. 开拍
- [ ] …
  > 想一想，先做什么。

:::

:::check say match
哪样货，说哪句话？

| 货 | 话 | 配错了 |
|---|---|---|
| 藕 | 又白又嫩 | 看颜色。 |
| 蜜 | 有枣花香 | 闻一闻。 |
| 茶 | 头泡清香 |  |

- [ ] …
  > 再看看货。

:::

:::check dark hotspot
哪里太暗？

![藕放在窗边，右边一半是黑的](room.svg)

- [x] 藕的暗面 @ 60,20 30×60
  > 对。右边没有光。
- [ ] 窗户 @ 20,50 r15
  > 窗户是亮的。
- [ ] …
  > 看看哪里黑。

:::

:::check shake moment
哪里晃了？

![一段十秒的片子](clip.m4a "十秒")

- [x] 0:03–0:05 手一抖
  > 对。
- [ ] 0:07–0:09 慢慢转
  > 这里是稳的。
- [ ] …
  > 再听一遍。

:::

:::check rules tap misses=0 alarms=1
主播说错话，就点一下。

![一段十秒的片子](clip.m4a "十秒")

- [x] 0:01–0:02 “最甜”
  > “最”不能说。
- [x] 0:06–0:07 “治病”
  > 治病不能说。
- [ ] 0:04–0:05 “今早挖的”
  > 这句是真的。
- [ ] …
  > 再听一遍。

:::

:::check length number
一根筷子长多少？

- [x] 24 ± 2 厘米
  > 对。
- [ ] 1 米
  > 太长了。
- [ ] …
  > 拿一根量量。

:::

:::check first text
开拍前先做什么？写三个字。

- [x] 擦镜头 / 擦一擦镜头
  > 对。
- [ ] 开滤镜
  > 先别急。
- [ ] …
  > 看看镜头。

:::

:::check greet voice
用一句话招呼进来的人。

:::
"""

EN = """---
title: All kinds
minutes: 3
summary: One question of each kind.
---
Answer by hand.

:::check clean pictures
Which lens was wiped?

- [x] ![A clear flower](a.svg)
  > Yes. The petals are clear.
- [ ] ![A blurred flower](b.svg) this one
  > Blurred: nobody wiped.

:::

:::check steps order
Put them in order.

1. Wipe the lens
   > The lens comes first.
2. Stand still
3. Film
- [ ] …
  > What comes first?

:::

:::check say match
Which words for which goods?

| Goods | Words | When wrong |
|---|---|---|
| Root | White and tender | Look at the colour. |
| Honey | Smells of jujube | Smell it. |
| Tea | The first cup is fresh |  |

- [ ] …
  > Look again.

:::

:::check dark hotspot
Where is it too dark?

![A root by the window, its right half black](room.svg)

- [x] The dark side @ 60,20 30x60
  > Yes. No light on the right.
- [ ] The window @ 20,50 r15
  > The window is bright.
- [ ] …
  > Look for the black.

:::

:::check shake moment
Where does it shake?

![A clip of ten seconds](clip.m4a "Ten seconds")

- [x] 0:03-0:05 a jolt
  > Yes.
- [ ] 0:07-0:09 a slow turn
  > This is steady.
- [ ] …
  > Once more.

:::

:::check rules tap misses=0 alarms=1
Tap when the host says what is not allowed.

![A clip of ten seconds](clip.m4a "Ten seconds")

- [x] 0:01-0:02 "the sweetest"
  > No superlatives.
- [x] 0:06-0:07 "cures"
  > No cures.
- [ ] 0:04-0:05 "dug today"
  > This is true.
- [ ] …
  > Once more.

:::

:::check length number
How long is a chopstick?

- [x] 24 ± 2 cm
  > Yes.
- [ ] 1 m
  > Too long.
- [ ] …
  > Measure one.

:::

:::check first text
What comes first? Write a few words.

- [x] wipe the lens / clean the lens
  > Yes.
- [ ] use a filter
  > Not yet.
- [ ] …
  > Look at the lens.

:::

:::check greet voice
Greet somebody who comes in, in one sentence.

:::
"""


def hum(seconds: int = 10) -> bytes:
    """Seconds of silence as a sound file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((1, 1, 8000, 8000, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return file.getvalue()


def pages(zh: str = ZH, en: str = EN, folder: str = "sun") -> dict[str, bytes]:
    """The lesson's files, in a folder."""
    named = {"zh.md": zh.encode(), "en.md": en.encode(), "clip.m4a": hum()}
    return {
        f"{folder}/{name}": content
        for name, content in (named | dict.fromkeys(("a.svg", "b.svg", "room.svg"), SVG)).items()
    }

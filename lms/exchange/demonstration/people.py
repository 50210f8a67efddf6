"""Who the demonstration's people are. Every name is put together by us; two have rare characters and one is as long as
a name may be, because real class lists have them too."""

from __future__ import annotations

import random
from dataclasses import dataclass

STAFF = {"admin": "管小川", "manager": "李知远", "trainer": "何禾"}

# How far they get: `all` courses, so many courses, `half` of the first, `stuck` at a quiz, `away` for weeks, `new` this
# week, `invited` and not come yet, `never` started, `left` the class.
FATES = {
    "all": "张穗兰 刘春畦 周䶮 王𬭚 马禾青 胡藕香 宋玉畴 郭垄生 孙秀禾 郑苇 钱塘月 冯稻花 陈小坪",
    "2": "阿依努尔·麦麦提江·图尔荪·阿卜杜热合曼·吾斯曼江·伊敏尼亚孜·玉苏普江·艾海提 吴小棉 褚梅坞",
    "1": "卫东渠 蒋茶妹 韩大垄 杨柳堤",
    "half": "沈桃 朱菱 秦石桥 许杏花 尤二禾",
    "new": "何荷 吕田生 施苗苗",
    "stuck": "赵永垄 李桂畦 王大坪",
    "away": "曹岗 严秀溪 华谷雨",
    "never": "金满仓 魏大棚 陶土生",
    "invited": "姜小满 戚春分",
    "left": "谢立夏",
}
GROUPS = ("migrant", "migrant", "graduate", "veteran", "other", "")

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = "禾穗荷莲稻麦秧田园畦垄塘溪泉雨露春夏秋冬梅兰竹菊桃杏梨枣柳桐松柏云霞月星明亮清和安宁福康勤俭文武英华"


@dataclass(frozen=True)
class Character:
    """A trainee of the story."""

    name: str
    fate: str


def characters(count: int) -> list[Character]:
    """The first so many trainees of the story."""
    everybody = [Character(name, fate) for fate, names in FATES.items() for name in names.split()]
    return everybody[:count]


def name(rng: random.Random) -> str:
    """A name for somebody in the crowd, of two or three characters."""
    given = rng.choice(GIVEN) + (rng.choice(GIVEN) if rng.random() < 0.7 else "")
    return rng.choice(SURNAMES) + given

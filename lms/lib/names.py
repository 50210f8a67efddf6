"""People's names: what may stand in one, and by which part one greets.

A name is letters of any script with the marks that belong to them, blanks, and the signs that names are joined with:
阿依古丽·买买提, Anna-Maria O'Neill, J. Müller.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
JOINING = frozenset(" ·.'’‧・•-")

# Surnames of one character that most people have, with their traditional forms. Who has another one is greeted in full.
SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許邓鄧韩韓冯馮曹彭曾肖蕭萧田董潘袁蔡蒋蔣余于杜叶葉程魏苏蘇吕呂丁任卢盧"
    "姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫閆阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵覃武钱錢戴严嚴莫孔向汤湯常温溫康施牛樊葛邢安"
    "齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟殷詹申欧歐耿关關兰蘭焦俞左柳甘祝包宁寧阮纪紀舒柯梅童凌毕畢单單裴霍涂成苗谷曲冉骆駱辛靳房桂祁晏芦蘆饶饒"
)
# Surnames of two characters in use today, likewise.
COMPOUND = frozenset(
    re.findall(
        "..",
        "欧阳歐陽司马司馬诸葛諸葛上官夏侯皇甫尉迟尉遲公孙公孫慕容长孙長孫宇文司徒司空东方東方令狐钟离鍾離独孤獨孤"
        "南宫南宮西门西門端木轩辕軒轅百里呼延赫连赫連澹台公冶太史申屠公羊闻人聞人濮阳濮陽淳于单于單于仲孙仲孫鲜于"
        "鮮于闾丘閭丘亓官司寇巫马巫馬公西公良漆雕乐正樂正梁丘左丘东郭東郭南门南門羊舌微生万俟第五纳兰納蘭完颜完顏"
        "叶赫葉赫哥舒贺兰賀蘭耶律张简張簡范姜陆费",
    )
)
HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003347f]+")


def problem(name: str) -> str:
    """What is wrong with a tidy name: missing, too_long, odd (a sign that no name has); empty when nothing is."""
    if not name:
        return "missing"
    if len(name) > LONGEST:
        return "too_long"
    letters = [sign for sign in name if is_letter(sign)]
    others = [sign for sign in name if not is_letter(sign)]
    fits = letters and all(sign in JOINING or unicodedata.category(sign)[0] == "M" for sign in others)
    return "" if fits else "odd"


def is_letter(sign: str) -> bool:
    """Whether a sign is a letter of any script. Han characters are told by their range, for new ones come each year."""
    return unicodedata.category(sign)[0] == "L" or HAN.match(sign) is not None


def greeting(name: str) -> str:
    """How one greets: the given name of two characters where a common surname of one stands before it, else the whole
    name. So no surname is cut (欧阳兰), and no word that is not a name (新学员)."""
    is_full = len(name) == 3 and HAN.fullmatch(name) is not None
    return name[1:] if is_full and name[0] in SURNAMES and name[:2] not in COMPOUND else name

"""Dates as people read them: with Chinese numerals on paper, with figures on the screen, and in plain English.

A span says what its two ends share only once: 二〇二六年三月十六日至五月十日, 16 March to 10 May 2026.
"""

from __future__ import annotations

from datetime import date

DIGITS = "〇一二三四五六七八九"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def chinese_date(day: date) -> str:
    """二〇二六年三月十六日: the year digit by digit, month and day as numbers (GB/T 15835-2011)."""
    return chinese_year(day) + chinese_month_and_day(day)


def chinese_span(first: date, last: date) -> str:
    """二〇二六年三月十六日至五月十日; one day is told as one day."""
    if first == last:
        return chinese_date(first)
    if first.year != last.year:
        return f"{chinese_date(first)}至{chinese_date(last)}"
    if first.month != last.month:
        return f"{chinese_date(first)}至{chinese_month_and_day(last)}"
    return f"{chinese_date(first)}至{chinese_number(last.day)}日"


def plain_chinese_date(day: date) -> str:
    """2026 年 5 月 10 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def english_date(day: date) -> str:
    """10 May 2026."""
    return f"{english_day_and_month(day)} {day.year}"


def english_span(first: date, last: date) -> str:
    """16 March to 10 May 2026; one day is told as one day."""
    if first == last:
        return english_date(first)
    if first.year != last.year:
        return f"{english_date(first)} to {english_date(last)}"
    if first.month != last.month:
        return f"{english_day_and_month(first)} to {english_date(last)}"
    return f"{first.day} to {english_date(last)}"


def chinese_year(day: date) -> str:
    return "".join(DIGITS[int(figure)] for figure in str(day.year)) + "年"


def chinese_month_and_day(day: date) -> str:
    return f"{chinese_number(day.month)}月{chinese_number(day.day)}日"


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese: 六, 十, 十六, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十"
    return before + (DIGITS[ones] if ones else "")


def english_day_and_month(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"

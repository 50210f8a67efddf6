"""One certificate to change from: 张秀兰 completed the eight lessons of 拍摄."""

from __future__ import annotations

from datetime import date

from lms.certificates.snapshot import Snapshot

XIULAN = Snapshot(
    number="TB-7K3M-92QF-C",
    name="张秀兰",
    course_slug="shooting",
    course_title_zh="拍摄：让农货上镜",
    course_title_en="Shooting: making farm goods look their best",
    version=3,
    lessons=8,
    kinds=("read", "check", "quiz"),
    planned_class_hours=8,
    verified_class_hours=None,
    class_number="QS-2026-03",
    cohort="青石县春季一班",
    started_on=date(2026, 3, 16),
    completed_on=date(2026, 5, 10),
    issued_on=date(2026, 5, 10),
    expires_on=None,
    issuer_zh="青石县农民直播培训项目",
    issuer_en="Qingshi County Livestream Training",
    trainer="何敏",
    verify_url="https://tianbo.example/v/TB-7K3M-92QF-C",
    demo=False,
)

"""Structured log lines. One JSON object a line on standard error; security events carry `security: true`."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog

logger = structlog.get_logger("fieldcast")

# Whether what happens just now is a story: what invented people do to each other alarms nobody.
invented: ContextVar[bool] = ContextVar("invented", default=False)


def init() -> None:
    """JSON lines with a UTC time stamp, for people's tools to read."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def security(event: str, **facts: Any) -> None:
    """Something that whoever guards the installation wants to see: never a PIN, a password or a full phone number."""
    if not invented.get():
        logger.warning(event, security=True, **facts)


@contextmanager
def story() -> Iterator[None]:
    """Tell a story without a word in the security log. The audit trail has it all the same."""
    token = invented.set(True)
    try:
        yield
    finally:
        invented.reset(token)


def failure(event: str, **facts: Any) -> None:
    """Our fault, with the exception being handled."""
    logger.error(event, exc_info=True, **facts)

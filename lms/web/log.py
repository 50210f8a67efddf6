"""Structured log lines. One JSON object a line on standard error; security events carry `security: true`."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog

logger = structlog.get_logger("fieldcast")


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
    logger.warning(event, security=True, **facts)


def failure(event: str, **facts: Any) -> None:
    """Our fault, with the exception being handled."""
    logger.error(event, exc_info=True, **facts)

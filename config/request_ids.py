"""The id of the request that is being answered: the same on its error page, in its response and in its log lines."""

import secrets
from contextvars import ContextVar
from logging import Filter, LogRecord

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No digit and letter that one takes for the other on the telephone or on paper."""
LENGTH = 10

_current: ContextVar[str] = ContextVar("request_id", default="")


def begin() -> str:
    """A new id, for the request that begins. It is random; what a client calls its request is not asked."""
    request_id = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    _current.set(request_id)
    return request_id


def current() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return _current.get()


def end() -> None:
    _current.set("")


class RequestIdFilter(Filter):
    """Gives each log line the id of its request as ``request_id``, ``-`` outside of one."""

    def filter(self, record: LogRecord) -> bool:
        record.request_id = current() or "-"
        return True

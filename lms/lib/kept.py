"""A small memory with an end: values that may be some seconds old, so that not every page asks the database for
them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

V = TypeVar("V")


class Kept(Generic[V]):
    """Keeps at most `most` values for `seconds` each. Threads may share it: at worst two of them ask at once."""

    def __init__(self, seconds: float, most: int = 1024) -> None:
        self.seconds = seconds
        self.most = most
        self.values: OrderedDict[Hashable, tuple[float, V]] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], V]) -> V:
        """The value kept for `key`, or what `make` gives now."""
        kept = self.values.get(key)
        if kept and monotonic() - kept[0] <= self.seconds:
            return kept[1]
        value = make()
        self.values[key] = (monotonic(), value)
        while len(self.values) > self.most:
            self.values.popitem(last=False)
        return value

    def forget(self) -> None:
        """Ask anew for everything."""
        self.values.clear()

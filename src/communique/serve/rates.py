"""How often each client may ask: a bucket that fills steadily and is emptied by requests. Bounded memory, no clock of its own."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

MOST_CLIENTS = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """`a_second` requests in the long run, `burst` at once."""

    a_second: float
    burst: int


DEFAULT_RATES: Mapping[str, Rate] = {
    "read": Rate(100.0, 400),
    "write": Rate(2.0, 60),
    "code": Rate(0.2, 20),  # articles to be coded: each takes seconds of a processor
    "sign-in": Rate(0.2, 10),
}


class Rates:
    """Buckets by client and kind of request. An empty mapping of rates allows everything."""

    def __init__(self, rates: Mapping[str, Rate] = DEFAULT_RATES, clock: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._clock = clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def wait(self, client: str, kind: str) -> int:
        """0 when the client may go on, else the whole seconds after which it may."""
        rate = self._rates.get(kind)
        if rate is None:
            return 0
        now = self._clock()
        with self._lock:
            left, since = self._buckets.pop((client, kind), (float(rate.burst), now))
            left = min(float(rate.burst), left + (now - since) * rate.a_second)
            allowed = left >= 1
            self._buckets[client, kind] = (left - 1 if allowed else left, now)
            if len(self._buckets) > MOST_CLIENTS:
                self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) / rate.a_second))

"""Token buckets in PostgreSQL: so many at once, then one in a while. All web processes share them."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

# The row's own lock makes two takers wait for each other; a taker who finds no token changes nothing.
TAKE = """
INSERT INTO kit_bucket AS b (key, tokens, filled_at) VALUES (%(key)s, %(most)s - 1, %(at)s)
ON CONFLICT (key) DO UPDATE SET filled_at = %(at)s, tokens = LEAST(%(most)s, b.tokens
    + GREATEST(EXTRACT(EPOCH FROM %(at)s - b.filled_at), 0) / %(every)s) - 1
WHERE LEAST(%(most)s, b.tokens + GREATEST(EXTRACT(EPOCH FROM %(at)s - b.filled_at), 0) / %(every)s) >= 1
RETURNING tokens
"""
LEFT = "SELECT tokens, EXTRACT(EPOCH FROM %(at)s - filled_at) FROM kit_bucket WHERE key = %(key)s"
GIVE_BACK = "UPDATE kit_bucket SET tokens = LEAST(%(most)s, tokens + 1) WHERE key = %(key)s"


@dataclass(frozen=True)
class Limit:
    """`most` at once, then one every so many seconds."""

    name: str
    most: float
    every: float

    def key(self, of: str) -> str:
        """Whom it is about cannot be read out of the table."""
        return f"{self.name}:{salted_hmac('kit.limits', of, algorithm='sha256').hexdigest()[:48]}"

    def take(self, of: str, *, at: datetime) -> int:
        """0 when one was taken, else how many seconds until there is one."""
        said: dict[str, Any] = {"key": self.key(of), "most": self.most, "every": self.every, "at": at}
        with connection.cursor() as cursor:
            cursor.execute(TAKE, said)
            if cursor.fetchone():
                return 0
            cursor.execute(LEFT, said)
            tokens, seconds = cursor.fetchone() or (0, 0)
        return max(1, ceil((1 - float(tokens)) * self.every - max(float(seconds), 0)))

    def give_back(self, of: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(GIVE_BACK, {"key": self.key(of), "most": self.most})

"""Customer ids: the same person of the same source gets the same id, which without the centre's secret says nothing.

Ids stand in feed and chain, so they must not be a hash of a phone number that somebody could count through.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from sqlalchemy import select

from desk.central import tables as t
from desk.central.rows import upsert
from desk.central.store import Store
from desk.domain.ids import derived_id

_KEY = "customer_secret"


class CustomerIds:
    """Makes ids of what other systems call a customer. Reads (or makes) the secret once."""

    def __init__(self, store: Store) -> None:
        self._secret = bytes.fromhex(_secret(store))

    def __call__(self, source: str, customer: str) -> str:
        """The id of a customer: a member number, or a phone's digits where the source has no better."""
        return derived_id("customer", source, self.blind(customer))

    def blind(self, text: str) -> str:
        """A fingerprint of personal text that only this centre can make again."""
        return hmac.new(self._secret, text.encode(), hashlib.sha256).hexdigest()


def _secret(store: Store) -> str:
    with store.reading() as connection:
        found = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == _KEY))
    if found is None:
        with store.aside() as connection:
            found = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == _KEY).with_for_update())
            if found is None:
                found = secrets.token_hex(32)
                upsert(connection, t.meta, [{"key": _KEY, "value": found}])
    return str(found)

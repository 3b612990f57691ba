"""What an act read when it was folded into the overlay: only where that changed it has to be folded again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desk.domain.case import HANGING_KINDS, Book, Entity, Hanging, Key, NotHere, key_of
from desk.domain.orders import Order
from desk.domain.people import StaffMember
from desk.wire.protocol import FeedRow, Op

HANGING = "hanging"  # (HANGING, order id): which entities hang on that order
PRIVATE = "private"


class NotedBook:
    """A book that notes in `read` what is asked of it; `wide` where that has no names: then any change may matter."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self.read: set[Key] = set()
        self.wide = False

    def get(self, kind: str, entity_id: str) -> Entity | None:
        """As the book."""
        self.read.add((kind, entity_id))
        try:
            found = self._book.get(kind, entity_id)
        except NotHere:
            self._absent(kind, entity_id)
            raise
        if found is None:
            self._absent(kind, entity_id)
        return found

    def of_order(self, order_id: str) -> Iterable[Entity]:
        """As the book."""
        self.read |= {("order", order_id), (HANGING, order_id)}
        found = list(self._book.of_order(order_id))
        self.read.update(key_of(one) for one in found)
        return found

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        """As the book."""
        self.read.add((PRIVATE, entity_id))
        return self._book.private(entity_id)

    def next_ticket_number(self) -> str | None:
        """As the book: numbers are the centre's."""
        return self._book.next_ticket_number()

    def staff_by_login(self, login: str) -> StaffMember | None:
        """As the book."""
        self.wide = True
        return self._book.staff_by_login(login)

    def admins(self) -> Iterable[StaffMember]:
        """As the book."""
        self.wide = True
        return self._book.admins()

    def order_by_number(self, number: str) -> Order | None:
        """As the book."""
        self.wide = True
        return self._book.order_by_number(number)

    def policy_version(self) -> int:
        """As the book: a new policy has everything folded again."""
        return self._book.policy_version()

    def _absent(self, kind: str, entity_id: str) -> None:
        """Whether what is not here may be elsewhere turns on what else is here."""
        if kind == "entry":
            self.read.add(("order", entity_id.split("/", 1)[0]))
        elif kind in ("budget", "block"):
            self.wide = True


def of_rows(rows: Iterable[FeedRow]) -> frozenset[Key] | None:
    """What these rows of the feed change; None where that cannot be told from them."""
    changed: set[Key] = set()
    for row in rows:
        changed.add((row.kind, row.id))
        if row.kind in HANGING_KINDS:
            if row.op is Op.LEAVE:
                return None  # on which order it hung is not in the row
            changed.add((HANGING, row.doc.get("order_id") or ""))
    return frozenset(changed)


def of_change(before: Mapping[Key, Entity], after: Mapping[Key, Entity]) -> set[Key]:
    """What differs between two such sets of entities."""
    changed: set[Key] = set()
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old is not new and old != new:
            changed.add(key)
            changed.update((HANGING, one.order_id or "") for one in (old, new) if isinstance(one, Hanging))
    return changed

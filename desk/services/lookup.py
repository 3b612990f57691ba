"""Finding an order by number, tail, phone, name, pinyin or tracking number: here first, then at the centre."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.domain.case import NotHere
from desk.domain.money import Money
from desk.domain.orders import Order
from desk.domain.privacy import national
from desk.domain.tickets import Ticket
from desk.services import rows
from desk.services.reader import Reader
from desk.services.rows import HitRow, RowState
from desk.services.workplace import SignedOut, Workplace
from desk.storage import search
from desk.storage.desk_store import DeskStore, View
from desk.storage.projection import NoPolicy
from desk.sync.account import Account, Hit, Visit
from desk.sync.problems import Offline, SyncProblem

MOST_HITS = 20  # shown; one more is asked for, so that it can be said that there are more


class Lookup(QObject):
    """UI thread."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace

    async def here(self, text: str, limit: int = MOST_HITS + 1) -> tuple[HitRow, ...]:
        """Hits of the replica, at once (no network): best first."""

        def build(reader: Reader) -> tuple[HitRow, ...]:
            found = search.find(reader.view.connection, text, limit)
            orders = reader.orders(order_id for order_id, _ in found)
            reader.preload(order.customer_id for order in orders.values())
            tickets = reader.open_tickets(orders)
            return tuple(
                hit_row(reader, orders[order_id], matched, tickets.get(order_id, ()))
                for order_id, matched in found
                if order_id in orders
            )

        return await self._workplace.read_or((), build)

    async def everywhere(self, text: str, limit: int = MOST_HITS + 1) -> tuple[tuple[HitRow, ...], str]:
        """Local hits merged with the centre's, and a problem code: '', offline, throttled, server_fault."""
        local = await self.here(text, limit)
        try:
            found = await self._workplace.jobs.net(self._look_up, text)
        except SyncProblem as problem:
            return local, problem.code
        known = {row.order_id for row in local}
        far = tuple(far_row(hit) for hit in found if hit.order.id not in known)
        return (*local, *far)[:limit], ""

    async def open_order(self, number_or_id: str) -> rows.Answer:
        """Make an order workable here; one out of scope is fetched from the centre and held in memory while in hand.
        Done: data.order_id, data.ticket_id (its open ticket, or None). Refused: not_found, offline, no_replica."""
        try:
            answer = await self._workplace.read(lambda reader: opened(reader, number_or_id))
        except (NoPolicy, SignedOut) as lack:
            return rows.Answer(status=RowState.REFUSED, code=lack.code)
        if answer is not None:
            return answer
        try:
            visit = await self._workplace.jobs.net(self._fetch, number_or_id)
        except SyncProblem as problem:
            return rows.Answer(status=RowState.REFUSED, code=problem.code)
        if visit is None:
            return rows.Answer(status=RowState.REFUSED, code="not_found")
        await self._workplace.with_store(lambda store: hold(store, visit))
        self._workplace.changes.announce({("order", visit.order.id)})
        answer = await self._workplace.read(lambda reader: opened(reader, visit.order.id))
        return answer or rows.Answer(status=RowState.REFUSED, code="not_found")

    def _look_up(self, text: str) -> tuple[Hit, ...]:
        return self._account().look_up(text)

    def _fetch(self, number: str) -> Visit | None:
        return self._account().order(number)

    def _account(self) -> Account:
        if not self._workplace.credentials.token:
            raise Offline("nobody is signed in at the centre", sent=False)
        return Account(self._workplace.lane("look"))


def hold(store: DeskStore, visit: Visit) -> None:
    """Keep a fetched order in memory, on top of the replica, and what its customer had before."""

    def keep(view: View) -> None:
        view.projection.visit(visit.order.id, visit.entities, visit.private)
        if visit.past is not None:
            view.projection.pasts[visit.order.customer_id] = visit.past

    store.read(keep)


def opened(reader: Reader, number_or_id: str) -> rows.Answer | None:
    """The order if it is here, with its open ticket."""
    order = reader.order(number_or_id)
    if order is None:
        try:
            order = reader.book.order_by_number(number_or_id)
        except NotHere:
            return None
    if order is None:
        return None
    ticket = next((one for one in reader.hanging(order.id, Ticket) if one.is_open), None)
    return rows.Answer(status=RowState.DONE, data={"order_id": order.id, "ticket_id": ticket.id if ticket else None})


def hit_row(reader: Reader, order: Order, matched: str, tickets: tuple[str, ...]) -> HitRow:
    """An order of this desk as a hit, with the ids of its open tickets."""
    values = reader.private(order.customer_id)
    return HitRow(
        order_id=order.id,
        number=order.number,
        customer=values.get("name", ""),
        phone=national(values.get("phone", "")),
        state=order.state,
        total=Money(order.value, order.currency),
        created_at=order.created_at,
        shop=order.shop,
        title=title_of(order),
        matched=matched,
        tickets=tickets,
    )


def far_row(hit: Hit) -> HitRow:
    """An order that the centre found."""
    order, values = hit.order, hit.private.get(hit.order.customer_id, {})
    return HitRow(
        order_id=order.id,
        number=order.number,
        customer=values.get("name", ""),
        phone=national(values.get("phone", "")),
        state=order.state,
        total=Money(order.value, order.currency),
        created_at=order.created_at,
        shop=order.shop,
        title=title_of(order),
        matched=hit.matched,
        tickets=hit.ticket_ids,
        local=False,
    )


def title_of(order: Order) -> str:
    """The first line's title, and how many more there are."""
    if not order.lines:
        return ""
    more = len(order.lines) - 1
    return order.lines[0].title + (f" +{more}" if more else "")

"""The story behind a recording: a centre with three orders, and one desk whose outbox holds a command of every kind.

All of it happens at one fixed moment; ids are counted. What is random by nature (keys, salts, tokens) is made by the
program as always and is part of the recording.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from desk.central import people as staff
from desk.central.engine import sqlite_url
from desk.domain import commands as c
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind, ledger_key
from desk.domain.orders import Line, Order, OrderState, Promotion, PromotionKind, Tender
from desk.domain.people import Actor, Level
from desk.domain.tickets import Channel, Kind, Stage
from desk.services.workplace import Enrolment, Profile
from desk.storage import outbox, people
from desk.storage.desk_store import DeskStore
from desk.storage.keys import Cost, KeyFile
from desk.sync.clock import CentreClock
from desk.sync.cycle import Cycle
from desk.sync.transport import CentreNet
from desk.wire.policy_seed import load_seed
from tests.helpers.live import PASSWORD, HandClock, LiveCentre, Seat, live_centre

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)  # a Friday, 11:00 in Shanghai
FILE_KEY = bytes(range(32))  # a test key: the files hold nothing but this story
SCOPES = ("team:hotline", "team:finance", "admin")
CHEAP = Cost(passes=1, memory=8, lanes=1)
PROFILE = "golden"
PEOPLE = (
    staff.Person(login="wangfang", name="王芳", level=Level.AGENT, password=PASSWORD, teams=("hotline",)),
    staff.Person(login="liuyang", name="刘洋", level=Level.SUPERVISOR, password=PASSWORD, teams=("hotline",)),
    staff.Person(login="finance", name="钱进", level=Level.FINANCE, password=PASSWORD, teams=("finance",)),
    staff.Person(login="admin", name="管理员", level=Level.ADMIN, password=PASSWORD),
)


def order(name: str) -> Order:
    """A paid order of a file's connector, two payments, a coupon and points, shipping in the evening."""
    return Order(
        id=f"order-{name}",
        number=f"2026{name:0>8}",
        connector="manual",
        shop="golden",
        currency="CNY",
        customer_id=f"customer-{name}",
        state=OrderState.PAID,
        created_at=NOW - timedelta(hours=2),
        lines=(Line(id="1", sku="MUG", title="保温杯", quantity=2, unit_price=9900, paid=19800, stock_reserved=2),),
        tenders=(
            Tender(id="P1", method="alipay", paid=15000, paid_at=NOW - timedelta(hours=2)),
            Tender(id="P2", method="balance", paid=4800, paid_at=NOW - timedelta(hours=2)),
        ),
        promotions=(
            Promotion(id="C1", kind=PromotionKind.COUPON, label="满减券", discount=1000),
            Promotion(id="C2", kind=PromotionKind.POINTS, label="积分抵扣", discount=200, points=200),
        ),
        points_earned=198,
        paid_at=NOW - timedelta(hours=2),
        wave_at=NOW + timedelta(hours=7),
    )


def acts() -> dict[str, Sequence[c.Command]]:
    """By login, in the order in which they are sent: every kind that a person may issue, and some that are refused."""
    cancel, give, talk, late = (f"ticket-{name}" for name in ("cancel", "give", "talk", "late"))
    grant = _grant("grant-small", give, 1000, 1)
    asked = _grant("grant-big", give, 8000, 2)
    approval = derived_id("approval", asked.id, ledger_key("order-2", "", asked.cause, asked.sequence))
    refund = derived_id("effect", "cancel-it", ledger_key("order-1", "P1", "cancel", 1))
    agent: list[c.Command] = [
        c.OpenTicket(
            id="open", ticket_id=late, kind=Kind.EXCEPTION, channel=Channel.HOTLINE, team="hotline",
            order_number="未知订单", type="logistics", subtype="delivery_delayed", words="客户说快递没到",
        ),
        *(c.ClaimTicket(id=f"claim-{one}", ticket_id=one) for one in (cancel, give, talk, late)),
        c.SetReason(id="reason", ticket_id=cancel, reason="wrong_address", causes=("old_address",)),
        c.SetMood(id="mood", ticket_id=cancel, mood="worried"),
        c.AddNote(id="note", ticket_id=cancel, words="客户今天搬家"),
        c.RevealContact(id="reveal", ticket_id=cancel, customer_id="customer-1"),
        c.MoveStage(id="analyse", ticket_id=cancel, stage=Stage.ANALYSE),
        c.CancelOrder(id="cancel-it", order_id="order-1", ticket_id=cancel, reviewed=True, expected=19800),
        grant,
        asked,
        replace(grant, id="grant-again"),  # the same key: refused, already given
        c.PauseTicket(id="pause", ticket_id=talk, reason="customer"),
        c.ResumeTicket(id="resume", ticket_id=talk),
        c.SendMessage(
            id="say", ticket_id=talk, template="calm_hold", language="zh", via="spoken", values={"eta": "明天"}
        ),
        c.KeepPromise(id="keep", ticket_id=talk, promise_id="say.hold"),
        c.WriteRecord(
            id="record", ticket_id=talk, cause="no_longer_wanted", result="solved", satisfaction=5,
            acts_waived="客户已挂断", process="已核实", feedback="满意",
        ),
        c.CloseTicket(id="close-early", ticket_id=talk, outcome="withdrawn"),  # refused: it is not resolved
        c.MoveStage(id="talk-analyse", ticket_id=talk, stage=Stage.ANALYSE),
        c.MoveStage(id="talk-resolve", ticket_id=talk, stage=Stage.RESOLVE),
        c.CloseTicket(id="close", ticket_id=talk, outcome="withdrawn"),
        c.ArchiveTicket(id="archive", ticket_id=talk),
        c.ReopenTicket(id="reopen", ticket_id=talk, words="客户又来电"),
        c.HandOver(id="hand-over", ticket_id=late, team="logistics", words="请查件"),
        c.AskTeam(id="ask", ticket_id=give, task_id="task-1", what="reconcile_payment", words="请核对流水"),
        c.AskTeam(id="ask-late", ticket_id=give, task_id="task-2", what="urge_depot"),
        c.WithdrawTask(id="withdraw", task_id="task-2"),
        c.ReleaseTicket(id="release", ticket_id=give),
    ]  # fmt: skip
    return {
        "wangfang": agent,
        "liuyang": [
            c.DecideApproval(id="decide", approval_id=approval, approve=True, units=6000, words="下不为例"),
            c.BlockCustomer(
                id="block", customer_id="customer-3", ticket_id=talk, reason="refund_abuse", words="一月内十次退款"
            ),
            c.LiftBlock(id="lift", customer_id="customer-3", words="申诉成立"),
        ],
        "finance": [
            c.TakeTask(id="take", task_id="task-1"),
            c.ReplyTask(id="reply", task_id="task-1", done=True, reference="FIN-2", words="只收到一笔"),
            c.ConfirmEffect(id="confirm", effect_id=refund, reference="FIN-1"),
            c.RetryEffect(id="retry", effect_id=refund),  # refused: it is confirmed
        ],
        "admin": [
            c.SaveTeam(id="team", team_id="night", names={"zh": "夜班", "en": "Night"}, timezone="Asia/Shanghai"),
            c.SaveStore(id="store", store_id="S09", names={"zh": "九店", "en": "Ninth"}),
            c.SaveStaff(
                id="staff", staff_id="u-new", login="new", level=Level.COUNTER, teams=("store",), store_id="S09",
                full_name="新人",
            ),
            c.PublishPolicy(id="policy", document=load_seed()),
            c.RevokeInstallation(id="revoke", installation_id="no-such-desk"),  # refused
        ],
    }  # fmt: skip


def _grant(command_id: str, ticket_id: str, units: int, sequence: int) -> c.GrantCompensation:
    return c.GrantCompensation(
        id=command_id, order_id="order-2", ticket_id=ticket_id, kind=BenefitKind.GOODWILL, units=units,
        cause="waiting", sequence=sequence, tender_id="P1", words="久等了",
    )  # fmt: skip


# --- the centre and the desk ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def centre_in(folder: Path) -> Iterator[LiveCentre]:
    """The recorded centre (or a new one) in `folder`, served at the story's moment."""
    with live_centre(sqlite_url(folder / "centre.db"), folder, HandClock(NOW)) as centre:
        yield centre


def begin(centre: LiveCentre) -> None:
    """People, orders and the three cases that the centre knows before the desk does anything."""
    staff.add_people(centre.service, PEOPLE)
    told = [
        c.TellOrder(id=f"tell-{name}", order=order(name), contact={"name": "陈静怡", "phone": "+8613800000005"})
        for name in ("1", "2", "3")
    ]
    cases = zip(("cancel", "give", "talk"), ("1", "2", "3"), strict=True)
    opened = [
        c.OpenTicket(
            id=f"request-{case}", ticket_id=f"ticket-{case}", kind=Kind.CANCEL, channel=Channel.APP,
            team="hotline", order_id=f"order-{name}", reason="no_longer_wanted",
        )
        for case, name in cases
    ]  # fmt: skip
    for verdict in centre.service.applier.system([*told, *opened]):
        if verdict.status != "applied":
            raise ValueError(f"the story does not begin: {verdict}")


def settle_in(centre: LiveCentre, folder: Path) -> None:
    """Enrol the desk, fill its replica, remember its people, and put every act into its outbox, unsent."""
    installation = centre.enrol(PROFILE, SCOPES)
    keys = KeyFile(folder / "keys.json", PROFILE, None, CHEAP)
    profile = Profile(folder, keys, CentreClock())
    profile.keep(Enrolment(installation_id=installation, name=PROFILE, scopes=("org", *SCOPES), centre="golden"))
    store = DeskStore(folder / "desk.db", FILE_KEY, ("org", *SCOPES))
    try:
        for login, some in acts().items():
            seat = centre.sign_in(login, installation)
            keys.add(login, PASSWORD, FILE_KEY)
            store.write(partial(_keep, seat, login, some))
        send(store, centre, seat, push=False)
    finally:
        store.close()


def _keep(seat: Seat, login: str, some: Sequence[c.Command], connection: Connection) -> None:
    people.remember(connection, _known(seat, login))
    for command in some:
        outbox.append(connection, command, seat.who.actor, NOW, "accepted")


def _known(seat: Seat, login: str) -> people.KnownPerson:
    who = seat.who
    return people.KnownPerson(
        actor=who.actor,
        login=login,
        name=who.name,
        language=who.language,
        offline_grant=who.grant,
        signed_in_at=NOW,
    )


def send(store: DeskStore, centre: LiveCentre, seat: Seat, *, push: bool) -> None:
    """Let the engine of the desk work for one person until it is at rest; without `push` it only pulls."""
    person = seat.who.actor.id if push else ""
    cycle = Cycle(store, CentreNet(seat.lane), centre.clock, person)
    while cycle.step().more:
        pass


def actors(store: DeskStore) -> dict[str, Actor]:
    """Who is known at the desk, by login."""
    return store.read(lambda view: {one.login: one.actor for one in people.known(view.connection)})

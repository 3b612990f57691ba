"""Puts questions to desks and centre at the same feed position and time, and keeps what each answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from desk.central.book import CentreBook
from desk.domain.case import Book, Case, key_of
from desk.domain.commands import COMMANDS, Command
from desk.domain.decide import load_case
from desk.domain.people import Actor
from desk.domain.rule import Setting
from desk.storage import replica
from desk.storage.desk_store import View
from desk.wire.codec import command_to_plain
from tests.helpers.answers.desks import Desk, House, desk_for
from tests.helpers.answers.facts import Around, Facts
from tests.helpers.answers.question import Answer, answer, answer_on
from tests.helpers.answers.story import possible_moves
from tests.helpers.answers.world import World

_WILD = 0.1
_KINDS = sorted(set(COMMANDS.values()), key=lambda kind: kind.name)
# Asked more often: here the answers hang on most.
_WEIGHTS = {"GrantCompensation": 6, "CancelOrder": 4, "DecideApproval": 4, "OpenTicket": 2, "SendMessage": 2}
_LATER = (0, 0, 0, 0, 1, 3, 12, 60 * 30)  # minutes after the last act: claims, requests and days run out


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A command somebody at a desk might issue; the centre's answer to it."""

    desk: str
    command: Command
    setting: Setting
    centre: Answer


def questions(world: World, book: CentreBook, around: Around, later: Sequence[int] = _LATER) -> list[Question]:
    """One question on each case, with the centre's answer; asked one of so many minutes after the last act."""
    found = []
    homes = {name: _orders_at(desk) for name, desk in world.house.desks.items()}
    for facts in around.others:
        now = around.now + timedelta(minutes=world.rng.choice(later))
        fitting = possible_moves(facts, world.house.people, now)
        if fitting and world.rng.random() < 0.7:
            kind, actor = world.rng.choice(fitting)
            desk = world.house.desk_of(actor)
        else:
            near = [one for name, one in world.house.desks.items() if facts.order.id in homes[name]]
            desk = world.rng.choice(near) if near and world.rng.random() < 0.8 else desk_for(world.rng, world.house)
            actor = _actor(world, facts, desk)
            kind = _kind(world, around, actor)
        setting = Setting(actor=actor, policy=around.policy, now=now)
        command = world.draw(book, around, facts, kind, actor, _WILD)
        found.append(Question(desk=desk.name, command=command, setting=setting, centre=answer(book, command, setting)))
    return found


def put(house: House, asked: Iterable[Question]) -> list[tuple[Question, Answer, Case]]:
    """The desks' answers to questions, each from what its replica loads now, and what that is."""
    by_desk: dict[str, list[Question]] = defaultdict(list)
    for question in asked:
        by_desk[question.desk].append(question)
    found: list[tuple[Question, Answer, Case]] = []
    for name, some in by_desk.items():
        found += house.desks[name].store.read(partial(_answers, some))
    return found


def _answers(asked: list[Question], view: View) -> list[tuple[Question, Answer, Case]]:
    return [(one, *at_desk(view, one)) for one in asked]


def at_desk(view: View, question: Question, book: Book | None = None) -> tuple[Answer, Case]:
    """The answer of a desk by its own policy, from its own book (or one laid over it), and what that loaded."""
    policy = view.projection.policy(view.connection)
    setting = Setting(actor=question.setting.actor, policy=policy, now=question.setting.now)
    case = load_case(book or view.projection.book(view.connection), question.command, setting)
    return answer_on(case, question.command, setting), case


def _kind(world: World, around: Around, actor: Actor) -> type[Command]:
    allowed = around.policy.permissions.get(actor.level, frozenset())
    kinds = [kind for kind in _KINDS if kind.name in allowed]
    if not kinds or world.rng.random() < 0.08:
        return world.rng.choice(_KINDS)
    return world.rng.choices(kinds, [_WEIGHTS.get(kind.name, 1) for kind in kinds])[0]


def _actor(world: World, facts: Facts, desk: Desk) -> Actor:
    """Somebody of that desk, whoever holds a ticket of the case rather."""
    holders = {ticket.holder for ticket in facts.tickets}
    holding = [one for one in desk.people if one.id in holders]
    return world.rng.choice(holding if holding and world.rng.random() < 0.7 else desk.people)


def _orders_at(desk: Desk) -> frozenset[str]:
    return desk.store.read(lambda view: frozenset(one.id for one in replica.where(view.connection, "order")))


def performed(world: World, question: Question) -> str:
    """Ask at the desk, then let the person do it over HTTP: how the verdict differs from the desk's answer, or ""."""
    desk = world.house.desks[question.desk]
    desk.pull()
    ((_, here, _),) = put(world.house, [question])
    (told,) = world.house.push(question.setting.actor.id, [command_to_plain(question.command)])
    if here.asks or here.provisional:
        return ""
    outcome = told["outcome"] or {}
    result = str(told["status"] if told["status"] == "refused" else outcome.get("result"))
    expected = {"Accepted": "accepted", "NeedsApproval": "approval_asked", "Refused": "refused"}[here.kind]
    codes = {"refused": told["code"], "approval_asked": f"{outcome.get('level')}/{outcome.get('why')}"}
    touched = sorted("/".join(key_of(one)) for one in here.touched)
    same = (result, codes.get(result, ""), sorted(outcome.get("touched", []))) == (expected, here.code, touched)
    return (
        "" if same else f"{command_to_plain(question.command)}: the desk {here.said[:3]} {touched}, the centre {told}"
    )

"""Callers that wait at the same moment are answered together, each with what is theirs."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Sequence

import pytest

from desk.central.problems import Problem
from desk.central.together import Together


class Doubling:
    """Answers twice the number; three is a problem. The first look waits until it may go on."""

    def __init__(self) -> None:
        self.looks: list[Sequence[int]] = []
        self.began, self.may_go = threading.Event(), threading.Event()

    def __call__(self, asked: Sequence[int]) -> list[int | Problem]:
        self.looks.append(asked)
        self.began.set()
        self.may_go.wait(10)
        if 0 in asked:
            raise OSError("the database is away")
        return [Problem(401, "sign_in_again") if one == 3 else one * 2 for one in asked]


async def asked_behind(work: Doubling, together: Together[int, int], first: int, *others: int) -> list[object]:
    """What each is told, when the others came while the first was answered."""
    waits: list[Awaitable[int]] = [asyncio.ensure_future(together.ask(first))]
    await asyncio.to_thread(work.began.wait, 10)
    waits += [asyncio.ensure_future(together.ask(one)) for one in others]
    await asyncio.sleep(0)
    work.may_go.set()
    return list(await asyncio.gather(*waits, return_exceptions=True))


@pytest.fixture
def work() -> Doubling:
    return Doubling()


async def test_who_came_meanwhile_is_answered_in_one_look(work: Doubling):
    together = Together("test", work)
    assert await asked_behind(work, together, 1, 2, 5, 7) == [2, 4, 10, 14]
    assert work.looks == [[1], [2, 5, 7]]
    together.close()


async def test_a_problem_is_told_to_its_caller_alone(work: Doubling):
    together = Together("test", work)
    told = await asked_behind(work, together, 1, 3, 5)
    assert [str(one) for one in told] == ["2", "401 sign_in_again: ", "10"]
    together.close()


async def test_what_breaks_one_question_is_told_to_who_asked_it_alone(work: Doubling):
    together = Together("test", work)
    told = await asked_behind(work, together, 1, 0, 5, 3)
    assert [type(one) for one in told] == [int, OSError, int, Problem]
    assert await together.ask(4) == 8
    together.close()


async def test_too_many_are_told_to_come_again(work: Doubling):
    together = Together("test", work, room=2)
    told = await asked_behind(work, together, 1, 2, 5, 7)
    assert told[:3] == [2, 4, 10]
    assert isinstance(told[3], Problem)
    assert (told[3].status, told[3].retry_after) == (503, 2)
    together.close()

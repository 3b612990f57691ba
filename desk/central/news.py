"""What is new for a desk: who calls is proved and the page read as of one moment, for all that ask at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desk.central.auth import Auth, Principal
from desk.central.feed import Feed, PageMade
from desk.central.problems import Problem
from desk.central.store import Store
from desk.wire.protocol import Cursor

NEAR = 50  # commits: a desk further behind gets a page that takes its time to make


@dataclass(frozen=True, slots=True)
class Look:
    """A desk's question: its token, its cursor, how many rows at most, older cursors that it knows."""

    token: str
    at: Cursor
    limit: int
    known: Sequence[Cursor] = ()


Told = tuple[Principal, PageMade]


class News:
    """Safe to share between threads."""

    def __init__(self, store: Store, auth: Auth, feed: Feed) -> None:
        self._store = store
        self._auth = auth
        self._feed = feed

    def may_park(self, look: Look) -> Principal | None:
        """Who this was when proved here not long ago, where there is nothing to tell yet: enough to wait as. Whoever it
        is by then is proved before anything is told."""
        return self._auth.known(look.token) if self._feed.is_newest(look.at) else None

    def is_near(self, look: Look) -> bool:
        """Whether its page is a small one."""
        return self._feed.newest - look.at.n <= NEAR

    def told(self, look: Look) -> Told:
        """Who calls and what is new. Problem 401, 403, 409 or 410."""
        (answer,) = self.all_told([look])
        if isinstance(answer, Problem):
            raise answer
        return answer

    def all_told(self, looks: Sequence[Look]) -> list[Told | Problem]:
        """The same for each. Whoever is shut out gets not another row: everybody is proved in this very reading."""
        with self._store.reading() as connection:
            callers = self._auth.principals_in(connection, [look.token for look in looks])
            head = self._feed.head(connection)
            answers: list[Told | Problem] = []
            for look in looks:
                who = callers[look.token]
                if isinstance(who, Problem):
                    answers.append(who)
                    continue
                try:
                    made = self._feed.page(
                        connection, look.at, who.scopes, who.installation, look.limit, look.known, head
                    )
                    answers.append((who, made))
                except Problem as problem:
                    answers.append(problem)
        return answers

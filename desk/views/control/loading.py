"""What a list says in its place while it is on its way and when it cannot be read: never blank without a word."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from desk.storage.engine import StorageError
from desk.views import words
from desk.views.state_view import Showing, StateView


@contextlib.contextmanager
def reading(*states: StateView) -> Iterator[None]:
    """UI thread. Around what fetches and shows rows: a failure is said by the list itself, with a way to try again.

    Trouble of this desk's disk ends here. A bug is said as calmly and goes on to whoever logs it."""
    for state in states:
        if state.showing is Showing.FAILED:
            state.show_loading()
    try:
        yield
    except StorageError as trouble:
        for state in states:
            state.show_problem(words.word("reading", trouble.code))
    except Exception:
        for state in states:
            state.show_problem(words.word("reading", "fault"))
        raise

"""The hub of change sets: what changed, and who did it; models repaint those rows and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desk.domain.case import Key

LINE: Key = ("line", "centre")  # it went down or came back: what may be done is another now


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """`keys`: (kind, id) of entities whose replica row or overlay changed; kinds as in domain.case.KINDS, also
    ("private", id), ("policy", "current"), ("act", command id), ("attention", command id), LINE. `initiator`: the
    object that was given to `Actions.perform`, None for what came by sync. `whole`: anything may have changed
    (snapshot, other person signed in): load anew.
    """

    keys: frozenset[Key] = frozenset()
    initiator: object | None = None
    whole: bool = False

    def ids(self, kind: str) -> frozenset[str]:
        """Ids of one kind."""
        return frozenset(entity_id for key, entity_id in self.keys if key == kind)

    def touches(self, kind: str, entity_id: str) -> bool:
        """Whether this entity may look different now."""
        return self.whole or (kind, entity_id) in self.keys


class Changes(QObject):
    """Announces change sets on the UI thread."""

    announced = Signal(object)  # ChangeSet

    def announce(self, keys: Iterable[Key], initiator: object | None = None, whole: bool = False) -> None:
        """Tell everybody; an empty set is not told."""
        told = ChangeSet(frozenset(keys), initiator, whole)
        if told.keys or told.whole:
            self.announced.emit(told)

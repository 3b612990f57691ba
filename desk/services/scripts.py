"""The words for this moment: templates that fit the case, filled, with what is missing marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from desk.domain.case import Case, NotHere
from desk.domain.messages import Piece as Stretch
from desk.domain.messages import Rendered, script, suggest, template_of
from desk.domain.policy import Template
from desk.domain.tickets import Ticket
from desk.services import rows
from desk.services.reader import Reader
from desk.services.rows import Piece, ScriptRow
from desk.services.workplace import Workplace

_KINDS = {"text": "plain", "value": "filled", "missing": "missing"}


class Scripts(QObject):
    """UI thread. Sending is `actions.perform(SendMessage(...))`."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace

    async def script(
        self, ticket_id: str, language: str, template: str = "", values: Mapping[str, str] | None = None
    ) -> ScriptRow | None:
        """The best template for now, or the one named, filled with what the case knows and with `values`;
        `others` lists those that fit too. None where no words fit (or the ticket is not here)."""
        typed = dict(values or {})
        return await self._workplace.read_or(
            None, lambda reader: script_row(reader, ticket_id, language, template, typed)
        )


def script_row(reader: Reader, ticket_id: str, language: str, key: str, values: Mapping[str, str]) -> ScriptRow | None:
    """The script for a ticket."""
    ticket = reader.ticket(ticket_id)
    if ticket is None:
        return None
    case = reader.case_of(ticket)
    fitting = _fitting(case, ticket, reader)
    chosen = template_of(reader.policy, key) if key else None
    template = chosen or (fitting[0] if fitting else None)
    if template is None or language not in template.texts:
        return None
    try:
        rendered = script(case, ticket, reader.setting, template, language, values)
    except NotHere:
        return None
    blocked = "missing_value" if rendered.missing else "forbidden_words" if rendered.forbidden else ""
    return ScriptRow(
        key=template.key,
        names=template.names,
        language=language,
        pieces=pieces(rendered),
        parts=rendered.parts,
        acts=template.acts,
        blocked=blocked,
        data={"words": ", ".join(rendered.forbidden or rendered.missing)} if blocked else {},
        promises=tuple(promise.names for promise in template.promises),
        others=tuple(rows.Choice(key=one.key, names=one.names) for one in fitting if one.key != template.key),
        may_send=reader.online,
        send_reason="" if reader.online else "needs_centre",
    )


def pieces(rendered: Rendered) -> tuple[Piece, ...]:
    """Stretches of the words, forbidden ones cut out and marked."""
    made: list[Piece] = []
    for stretch in rendered.pieces:
        made += _marked(stretch, rendered.forbidden)
    return tuple(made)


def _marked(stretch: Stretch, forbidden: tuple[str, ...]) -> list[Piece]:
    kind = _KINDS[stretch.kind]
    text, made = stretch.text, []
    while text:
        found = [(text.casefold().find(word.casefold()), word) for word in forbidden]
        hits = sorted((at, -len(word), word) for at, word in found if at >= 0)
        if not hits:
            made.append(Piece(text=text, kind=kind, name=stretch.name))
            break
        at, _, word = hits[0]
        if at:
            made.append(Piece(text=text[:at], kind=kind, name=stretch.name))
        made.append(Piece(text=text[at : at + len(word)], kind="forbidden"))
        text = text[at + len(word) :]
    return made


def _fitting(case: Case, ticket: Ticket, reader: Reader) -> tuple[Template, ...]:
    try:
        return suggest(case, ticket, reader.setting)
    except NotHere:
        return ()

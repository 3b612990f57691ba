"""The administrator's page: people, teams, stores, installations."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from PySide6.QtCore import QObject

from desk.domain.case import Entity
from desk.domain.people import Installation, StaffMember, Store, Team
from desk.services import rows
from desk.services.reader import Reader
from desk.services.workplace import Workplace
from desk.storage import replica
from desk.sync.problems import SyncProblem

_E = TypeVar("_E", bound=Entity)


class Administration(QObject):
    """UI thread. Saving is `actions.perform(SaveStaff | SaveTeam | SaveStore | RevokeInstallation)`."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace

    async def page(self) -> rows.AdminRow:
        """Everything on it. Installations are known to desks with the admin scope only."""
        here = self._workplace.profile.enrolment
        return await self._workplace.read_or(
            rows.AdminRow(), lambda reader: admin_row(reader, here.installation_id if here else "")
        )

    async def issue_code(self, staff_id: str) -> rows.Answer:
        """A one-time code for a person who is new or forgot their password: data.code and data.until (ISO), told this
        once. Refused codes: not_permitted, not_yourself, no_such_person, disabled, offline..."""
        try:
            made = await self._workplace.jobs.net(self._workplace.account.issue_code, staff_id)
        except SyncProblem as problem:
            wait = {"retry_after": int(problem.retry_after or 1)}
            return rows.Answer(status=rows.RowState.REFUSED, code=problem.code, data=wait)
        data = {"code": made.code, "until": made.expires_at.isoformat()}
        return rows.Answer(status=rows.RowState.DONE, data=data)


def admin_row(reader: Reader, here: str) -> rows.AdminRow:
    """The page as of now, changes on their way included."""
    staff = all_of(reader, StaffMember, "staff")
    places = Counter(place for one in staff if one.active for place in {*one.teams, one.store_id or ""})
    return rows.AdminRow(
        staff=tuple(staff_row(reader, one) for one in sorted(staff, key=lambda one: (not one.active, one.login))),
        teams=tuple(
            rows.PlaceRow(id=team.id, names=team.names, timezone=team.timezone, people=places[team.id])
            for team in all_of(reader, Team, "team")
        ),
        stores=tuple(
            rows.PlaceRow(
                id=store.id,
                names=store.names,
                timezone=store.timezone,
                active=store.active,
                people=places[store.id],
            )
            for store in all_of(reader, Store, "store")
        ),
        installations=tuple(
            rows.InstallationRow(
                id=desk.id, name=desk.name, scopes=desk.scopes, revoked=desk.revoked, here=desk.id == here
            )
            for desk in all_of(reader, Installation, "installation")
        ),
    )


def staff_row(reader: Reader, member: StaffMember) -> rows.StaffRow:
    """A person."""
    return rows.StaffRow(
        id=member.id,
        login=member.login,
        name=reader.person(member.id),
        level=member.level,
        teams=member.teams,
        store_id=member.store_id,
        active=member.active,
        language=member.language,
        state=reader.state("staff", member.id),
    )


def all_of(reader: Reader, kind: type[_E], name: str) -> list[_E]:
    """Every entity of a kind, the overlay's on top, by id."""
    found = {one.id: one for one in replica.where(reader.view.connection, name) if isinstance(one, kind)}
    found |= {one.id: one for one in reader.view.overlay.entities.values() if isinstance(one, kind)}
    return [one for _, one in sorted(found.items())]

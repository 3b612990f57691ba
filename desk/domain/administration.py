"""Rules of administration: people, teams, stores, installations, policy; and seeing a contact in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.domain import claims
from desk.domain.case import Book, Case
from desk.domain.changes import (
    ContactRevealed,
    InstallationRevoked,
    PolicyPublished,
    StaffSaved,
    StoreSaved,
    TeamSaved,
)
from desk.domain.choices import unknown
from desk.domain.commands import (
    PublishPolicy,
    RevealContact,
    RevokeInstallation,
    SaveStaff,
    SaveStore,
    SaveTeam,
)
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.loading import Gathering
from desk.domain.people import Installation, Level, StaffMember, Store, Team
from desk.domain.permissions import leads
from desk.domain.policy_checks import check, teams_named
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_ticket, ticket_case
from desk.domain.tickets import Ticket
from desk.domain.wording import LANGUAGES

_SHOWN = 5  # problems told in a refusal


def load_staff(book: Book, command: SaveStaff, setting: Setting) -> Case:
    """The person, whoever has that login, the active administrators, the teams and the store named."""
    gathering = Gathering(book)
    gathering.get(StaffMember, command.staff_id)
    gathering.login(command.login)
    gathering.admins()
    for team in command.teams:
        gathering.get(Team, team)
    gathering.get(Store, command.store_id)
    return gathering.case()


@rule(SaveStaff, load_staff)
def save_staff(case: Case, command: SaveStaff, setting: Setting) -> Decision:
    """Add or change a person. Logins are one person's; somebody always can administer."""
    refused = _bad_person(case, command)
    if refused is not None:
        return refused
    if any(member.login == command.login and member.id != command.staff_id for member in case.all(StaffMember)):
        return Refused("login_taken", {"login": command.login})
    if _last_admin_goes(case, command):
        return Refused("last_admin", {"staff_id": command.staff_id})
    known = case.find(StaffMember, command.staff_id)
    member = StaffMember(
        id=command.staff_id,
        login=command.login,
        level=command.level,
        teams=command.teams,
        store_id=command.store_id,
        active=command.active,
        language=command.language,
        password_no=known.password_no if known else 0,
    )
    return Accepted((StaffSaved(at=setting.now, by=setting.actor.id, member=member),))


def _bad_person(case: Case, command: SaveStaff) -> Refused | None:
    if not command.login or command.login != command.login.strip().lower():
        return unknown("login", command.login)
    if command.level is Level.SYSTEM:
        return unknown("level", command.level.value)
    if command.language not in LANGUAGES:
        return unknown("language", command.language)
    for team in command.teams:
        if case.find(Team, team) is None:
            return Refused("no_such_team", {"team": team})
    if command.store_id and case.find(Store, command.store_id) is None:
        return Refused("no_such_store", {"store_id": command.store_id})
    return None


def _last_admin_goes(case: Case, command: SaveStaff) -> bool:
    """Whether this takes the last active administrator away."""
    if command.active and command.level is Level.ADMIN:
        return False
    admins = {member.id for member in case.all(StaffMember) if member.active and member.level is Level.ADMIN}
    return admins == {command.staff_id}


def _bad_place(place_id: str, names: Mapping[str, str], timezone: str) -> Refused | None:
    """What is wrong with a team or store: its id becomes part of scope keys and budget keys."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", place_id):
        return unknown("id", place_id)
    for language in LANGUAGES:
        if not names.get(language, "").strip():
            return Refused("name_missing", {"language": language})
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        return unknown("timezone", timezone)
    return None


def load_team(book: Book, command: SaveTeam, setting: Setting) -> Case:
    """The team as it is."""
    gathering = Gathering(book)
    gathering.get(Team, command.team_id)
    return gathering.case()


@rule(SaveTeam, load_team)
def save_team(case: Case, command: SaveTeam, setting: Setting) -> Decision:
    """Add or change a team."""
    refused = _bad_place(command.team_id, command.names, command.timezone)
    if refused is not None:
        return refused
    team = Team(id=command.team_id, names=dict(command.names), timezone=command.timezone)
    return Accepted((TeamSaved(at=setting.now, by=setting.actor.id, team=team),))


def load_store(book: Book, command: SaveStore, setting: Setting) -> Case:
    """The store as it is."""
    gathering = Gathering(book)
    gathering.get(Store, command.store_id)
    return gathering.case()


@rule(SaveStore, load_store)
def save_store(case: Case, command: SaveStore, setting: Setting) -> Decision:
    """Add or change a store."""
    refused = _bad_place(command.store_id, command.names, command.timezone)
    if refused is not None:
        return refused
    store = Store(id=command.store_id, names=dict(command.names), timezone=command.timezone, active=command.active)
    return Accepted((StoreSaved(at=setting.now, by=setting.actor.id, store=store),))


def load_installation(book: Book, command: RevokeInstallation, setting: Setting) -> Case:
    """The installation."""
    gathering = Gathering(book)
    gathering.get(Installation, command.installation_id)
    return gathering.case()


@rule(RevokeInstallation, load_installation)
def revoke_installation(case: Case, command: RevokeInstallation, setting: Setting) -> Decision:
    """Shut a desk out, once; it is enrolled anew under another id."""
    found = case.find(Installation, command.installation_id)
    if found is None:
        return Refused("no_such_installation", {"installation_id": command.installation_id})
    if found.revoked:
        return Refused("already_revoked", {"installation_id": found.id})
    return Accepted((InstallationRevoked(at=setting.now, by=setting.actor.id, installation_id=found.id),))


def load_policy(book: Book, command: PublishPolicy, setting: Setting) -> Case:
    """The teams that the policy names."""
    gathering = Gathering(book)
    for team in teams_named(command.document):
        gathering.get(Team, team)
    return gathering.case()


@rule(PublishPolicy, load_policy)
def publish_policy(case: Case, command: PublishPolicy, setting: Setting) -> Decision:
    """Put it in force under the next version, if nothing in it contradicts itself."""
    if command.document.version != setting.policy.version:
        return Refused("policy_moved", {"made_from": command.document.version, "in_force": setting.policy.version})
    teams = [team for team in teams_named(command.document) if case.find(Team, team) is not None]
    problems = check(command.document, teams)
    if problems:
        told = "; ".join(f"{problem.where}: {problem.what}" for problem in problems[:_SHOWN])
        return Refused("policy_invalid", {"count": len(problems), "problems": told})
    version = setting.policy.version + 1
    policy = replace(command.document, version=version)
    return Accepted((PolicyPublished(at=setting.now, by=setting.actor.id, version=version, policy=policy),))


@rule(RevealContact, ticket_case)
@on_ticket
def reveal_contact(case: Case, ticket: Ticket, command: RevealContact, setting: Setting) -> Decision:
    """Who works on the ticket, or leads, may see its customer's contact; that they did stays on the path."""
    if ticket.customer_id != command.customer_id:
        return Refused("wrong_customer", {"ticket_id": ticket.id})
    refused = None if leads(setting.actor.level) else claims.refusal(ticket, setting)
    if refused is not None:
        return refused
    seen = ContactRevealed(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, customer_id=command.customer_id)
    return Accepted((seen,))

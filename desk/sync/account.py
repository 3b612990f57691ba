"""Enrolment, sign-in, look-up and reveal at the centre: the calls of /v1 that are not the feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from desk.domain.case import Entity
from desk.domain.orders import Order
from desk.domain.people import Actor
from desk.storage.projection import Past
from desk.sync import problems
from desk.sync.transport import Lane
from desk.wire import codec, signatures

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """This desk as the centre knows it; its scopes are fixed now."""

    installation_id: str
    scopes: tuple[str, ...]
    server_time: datetime
    centre_key: str = ""  # what the centre signs grants with


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A person whom the centre let in. `grant` is signed: it allows work without the centre until its not_after."""

    token: str
    expires_at: datetime
    actor: Actor
    name: str
    language: str
    grant: Mapping[str, Any]
    server_time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedCode:
    """A one-time code that a person sets their password by; nobody can ask for it again."""

    code: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An order that the centre found."""

    order: Order
    private: Mapping[str, Mapping[str, str]]
    ticket_ids: tuple[str, ...] = ()
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A whole order with what hangs on it, fetched by number."""

    order: Order
    entities: tuple[Entity, ...]
    private: Mapping[str, Mapping[str, str]]
    past: Past | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Calls over a lane of their own. Blocks; may raise sync.problems (Rejected carries the centre's code)."""

    lane: Lane

    def enrol(self, code: str, name: str, public_key: str) -> Enrolled:
        """Use a one-time code up."""
        answer = self.lane.post("/v1/enrol", {"code": code, "name": name, "public_key": public_key})
        found = _shape(Enrolled, answer)
        self.lane.credentials.installation_id = found.installation_id
        return found

    def sign_in(self, login: str, password: str, session_key: str) -> SignedIn:
        """Let a person in; the lane's credentials hold the token afterwards."""
        self.lane.credentials.token = ""
        return self._let_in("/v1/sign-in", {"login": login, "password": password, "session_key": session_key})

    def new_password(self, login: str, password: str, wanted: str, session_key: str) -> SignedIn:
        """Let a person in who sets a password by the one there was or a one-time code; a token from before stays where
        this is refused."""
        who = {"login": login, "password": password, "session_key": session_key}
        return self._let_in("/v1/password", {**who, "new_password": wanted})

    def _let_in(self, path: str, body: Mapping[str, str]) -> SignedIn:
        credentials = self.lane.credentials
        found = _shape(SignedIn, self.lane.post(path, {**body, "installation_id": credentials.installation_id}))
        credentials.token, credentials.expires_at = found.token, found.expires_at
        return found

    def issue_code(self, staff_id: str) -> IssuedCode:
        """A one-time code for a person, where the one signed in is an administrator."""
        return _shape(IssuedCode, self.lane.post(f"/v1/staff/{_quoted(staff_id)}/code", {}))

    def sign_out(self) -> None:
        """Give the token back."""
        if self.lane.credentials.token:
            self.lane.post("/v1/sign-out", {})
            self.lane.credentials.token = ""

    def look_up(self, text: str) -> tuple[Hit, ...]:
        """Orders that the centre finds by a typed text."""
        answer = self.lane.get("/v1/orders", {"q": text})
        return tuple(_hit(one) for one in answer["hits"])

    def order(self, number: str) -> Visit | None:
        """The order of that number (or id) with all that hangs on it; None where there is none."""
        try:
            answer = self.lane.get(f"/v1/orders/{_quoted(number)}")
        except problems.Rejected as rejected:
            if rejected.status == 404:
                return None
            raise
        entities = tuple(codec.entity_from_plain(row["kind"], row["doc"]) for row in answer["case"])
        order = next((one for one in entities if isinstance(one, Order)), None)
        if order is None:
            return None
        past = answer.get("past")
        return Visit(order, entities, _private(answer.get("private")), _shape(Past, past) if past else None)

    def private(self, entity_id: str) -> Mapping[str, str]:
        """Personal values in full, after an applied RevealContact."""
        answer = self.lane.get(f"/v1/private/{_quoted(entity_id)}")
        return {str(key): str(value) for key, value in (answer.get("values") or {}).items()}


def new_keys() -> tuple[str, str]:
    """(private, public) Ed25519 keys of an installation or a session."""
    private = signatures.new_private_key()
    return private, signatures.public_key(private)


def grant_end(grant: Mapping[str, Any], centre_key: str) -> datetime | None:
    """Until when the centre allows work without it; None where the grant is not its own."""
    payload, signature = grant.get("payload"), grant.get("signature")
    if not isinstance(payload, dict) or not isinstance(signature, str):
        return None
    if not signatures.verify(centre_key, payload, signature):
        return None
    return datetime.fromisoformat(str(payload.get("not_after")))


def grant_password(grant: Mapping[str, Any]) -> int:
    """For which password of the person it was given (StaffMember.password_no)."""
    payload = grant.get("payload")
    return int(payload.get("password_no", 0)) if isinstance(payload, dict) else 0


def _hit(row: Mapping[str, Any]) -> Hit:
    order = _shape(Order, row["order"])
    private = row.get("private") or {}
    nested = all(isinstance(value, dict) for value in private.values())
    return Hit(
        order=order,
        private=private if nested else {order.customer_id: private},
        ticket_ids=tuple(row.get("ticket_ids", ())),
        matched=str(row.get("matched", "")),
    )


def _private(found: Any) -> Mapping[str, Mapping[str, str]]:
    return {str(key): value for key, value in (found or {}).items() if isinstance(value, dict)}


def _quoted(text: str) -> str:
    return quote(text, safe="")


def _shape(kind: type[_T], data: Any) -> _T:
    try:
        return codec.from_plain(kind, data)
    except codec.ShapeError as error:
        raise problems.ServerFault(str(error)) from None

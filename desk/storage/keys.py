"""The file key of a profile: made at random, wrapped by each person's password and by the system's keyring.

`keys.json` beside the database holds one slot per person: the file key under AES-GCM, with a key that Argon2id makes of
the password. To open a slot is to prove the password, so the same slots serve offline sign-in. The file key itself is
never on disk.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
TRIES_BEFORE_LOCK = 5
LOCK = timedelta(minutes=5)  # doubled with every further five wrong passwords
LONGEST_LOCK = timedelta(hours=8)


class KeyringPort(Protocol):
    """Where the operating system keeps a secret; may block: never on the UI thread. `get`: None where it has none."""

    def get(self, profile: str) -> bytes | None: ...

    def put(self, profile: str, key: bytes) -> bool: ...


class WrongPassword(Exception):
    """It does not open this person's slot."""

    code = "wrong_password"


class LockedOut(Exception):
    """Too many wrong passwords; `until` is when the next may be tried."""

    code = "locked_out"

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


@dataclass(frozen=True, slots=True)
class Cost:
    """Argon2id: passes, memory in KiB, lanes."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 2


@dataclass(frozen=True, slots=True)
class Slot:
    """One way to the file key; salt, nonce and wrapped key in base64."""

    salt: str
    nonce: str
    wrapped: str
    passes: int
    memory: int
    lanes: int
    wrong: int = 0  # in a row
    locked_until: str = ""


class KeyFile:
    """The slots of one profile. Slow by design (Argon2id): never on the UI thread."""

    def __init__(self, path: Path, profile: str, keyring: KeyringPort | None, cost: Cost | None = None) -> None:
        self._path = path
        self._profile = profile
        self._keyring = keyring
        self.cost = cost or Cost()

    @property
    def exists(self) -> bool:
        """Whether a key was made for this profile."""
        return self._path.exists()

    def logins(self) -> tuple[str, ...]:
        """Who can open it with a password."""
        return tuple(sorted(self._read()))

    def from_keyring(self) -> bytes | None:
        """The key without a password, where the system keeps it."""
        key = self._keyring.get(self._profile) if self._keyring and self.exists else None
        return key if key is not None and len(key) == KEY_BYTES else None

    def open(self, login: str, password: str, now: datetime) -> bytes | None:
        """The key by a password; None where this person has no slot. Raises WrongPassword or LockedOut."""
        slots = self._read()
        slot = slots.get(login)
        if slot is None:
            return None
        if slot.locked_until and datetime.fromisoformat(slot.locked_until) > now:
            raise LockedOut(datetime.fromisoformat(slot.locked_until))
        try:
            key = AESGCM(self._derived(password, slot)).decrypt(
                _bytes(slot.nonce), _bytes(slot.wrapped), self._aad(login)
            )
        except InvalidTag:
            self._write({**slots, login: _after_wrong(slot, now)})
            raise WrongPassword(login) from None
        if slot.wrong:
            self._write({**slots, login: replace(slot, wrong=0, locked_until="")})
        return key

    def add(self, login: str, password: str, key: bytes) -> None:
        """Give a person a slot, or a new one when their password changed."""
        blank = Slot(_text(secrets.token_bytes(16)), _text(secrets.token_bytes(12)), "", **asdict(self.cost))
        wrapped = AESGCM(self._derived(password, blank)).encrypt(_bytes(blank.nonce), key, self._aad(login))
        self._write({**self._read(), login: replace(blank, wrapped=_text(wrapped))})
        if self._keyring and self._keyring.get(self._profile) != key:
            self._keyring.put(self._profile, key)

    def remove(self, login: str) -> None:
        """Take a person's slot away (disabled at the centre)."""
        slots = self._read()
        slots.pop(login, None)
        self._write(slots)

    @staticmethod
    def new_key(random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
        """A key for a new file."""
        return random_bytes(KEY_BYTES)

    def _derived(self, password: str, slot: Slot) -> bytes:
        return hash_secret_raw(
            password.encode(), _bytes(slot.salt), slot.passes, slot.memory, slot.lanes, KEY_BYTES, Type.ID
        )

    def _aad(self, login: str) -> bytes:
        return f"order-desk:{self._profile}:{login}".encode()

    def _read(self) -> dict[str, Slot]:
        if not self._path.exists():
            return {}
        return {login: Slot(**slot) for login, slot in json.loads(self._path.read_text("utf-8")).items()}

    def _write(self, slots: dict[str, Slot]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        beside = self._path.with_suffix(".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump({login: asdict(slot) for login, slot in slots.items()}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o600)
        beside.replace(self._path)  # a torn key file would cost everything that is not sent yet


def _after_wrong(slot: Slot, now: datetime) -> Slot:
    wrong = slot.wrong + 1
    rounds = wrong // TRIES_BEFORE_LOCK
    if wrong % TRIES_BEFORE_LOCK:
        return replace(slot, wrong=wrong)
    pause = min(LOCK * 2 ** (rounds - 1), LONGEST_LOCK)
    return replace(slot, wrong=wrong, locked_until=(now + pause).isoformat())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)

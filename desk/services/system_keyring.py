"""The operating system's keyring, where there is one that keeps a secret: storage.keys.KeyringPort."""

from __future__ import annotations

import base64
import binascii

import keyring
import structlog
from keyring.errors import KeyringError

_log = structlog.get_logger("desk.keyring")
SERVICE = "order-desk"
# Backends that keep nothing, or keep it in the open: then passwords alone wrap the file key.
_WORTHLESS = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class SystemKeyring:
    """May block (the system may ask the person): never on the UI thread."""

    def get(self, profile: str) -> bytes | None:
        """The key, or None where there is none or no keyring."""
        if not usable():
            return None
        try:
            found = keyring.get_password(SERVICE, profile)
            return base64.b64decode(found) if found else None
        except (KeyringError, binascii.Error, OSError) as error:
            _log.info("keyring does not answer", error=type(error).__name__)
            return None

    def put(self, profile: str, key: bytes) -> bool:
        """Keep the key; whether it is kept."""
        if not usable():
            return False
        try:
            keyring.set_password(SERVICE, profile, base64.b64encode(key).decode())
        except (KeyringError, OSError) as error:
            _log.info("keyring does not keep", error=type(error).__name__)
            return False
        return True


def usable() -> bool:
    """Whether this system keeps secrets."""
    try:
        backend = keyring.get_keyring()
    except (KeyringError, RuntimeError):
        return False
    return not type(backend).__module__.startswith(_WORTHLESS)

"""Ed25519 signatures over canonical JSON: keys of desks and sessions, grants signed by the centre.

Keys travel as base64 of their 32 raw bytes, signatures as base64 of 64.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from desk.wire.canonical import canonical


class BadKey(ValueError):
    """Text that is not a key."""


def new_private_key() -> str:
    """A fresh private key."""
    return base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()


def public_key(private: str) -> str:
    """The public key that belongs to a private one."""
    made = Ed25519PrivateKey.from_private_bytes(_raw(private)).public_key()
    return base64.b64encode(made.public_bytes_raw()).decode()


def check_public_key(public: str) -> None:
    """Raises BadKey where the text is no public key."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(public))
    except ValueError as error:
        raise BadKey("not an Ed25519 public key") from error


def sign(private: str, value: Any) -> str:
    """The signature of plain data."""
    key = Ed25519PrivateKey.from_private_bytes(_raw(private))
    return base64.b64encode(key.sign(canonical(value))).decode()


def verify(public: str, value: Any, signature: str) -> bool:
    """Whether the holder of the private key signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(_raw(public)).verify(_raw(signature), canonical(value))
    except (InvalidSignature, ValueError):
        return False
    return True


def _raw(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadKey("not base64") from error

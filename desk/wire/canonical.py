"""Canonical JSON and the hashes made of it: the chain's links, request hashes, digests, commitments."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from pydantic_core import from_json, to_json

GENESIS = "0" * 64


def canonical(value: Any) -> bytes:
    """Plain data (see codec.to_plain) as the one sequence of bytes that is hashed and signed."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def compact(value: Any) -> str:
    """Plain data as JSON to keep, members in the order they came in: three times as quick as `canonical`, and what is
    read from it is the same."""
    return to_json(value).decode()


def parsed(content: bytes | str) -> Any:
    """What a JSON text says; ValueError where it is none."""
    return from_json(content)


def digest(value: Any) -> str:
    """SHA-256 of canonical JSON, hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def link(previous: str, n: int, rows: Any) -> str:
    """The chain hash of commit `n`: the former link and the commit's rows (DESIGN 1.4)."""
    return digest([previous, n, rows])


def commitment(salt: str, value: Any) -> str:
    """What the chain keeps of a private value: without the salt it says nothing (DESIGN 3, personal data)."""
    return hmac.new(bytes.fromhex(salt), canonical(value), hashlib.sha256).hexdigest()

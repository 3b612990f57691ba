"""Problem documents (RFC 9457): what every 4xx and 5xx answer of the centre looks like."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class Problem(Exception):
    """A call that cannot be answered as asked. `code` is for programs, `detail` for people; no personal data in either.

    `extra` are further members of the document; `retry_after` seconds become the header of that name.
    """

    def __init__(
        self, status: int, code: str, detail: str = "", *, retry_after: int | None = None, **extra: Any
    ) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.retry_after = retry_after
        self.extra = extra

    def document(self) -> dict[str, Any]:
        """The body of the answer."""
        title = HTTPStatus(self.status).phrase
        known = {"type": "about:blank", "title": title, "status": self.status, "code": self.code, "detail": self.detail}
        return {**known, **self.extra}

    def headers(self) -> Mapping[str, str]:
        """Headers that belong to it."""
        return {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}

"""What can go wrong between desk and centre. All of it is weather: the desk stays calm and keeps its outbox."""

from __future__ import annotations


class SyncProblem(Exception):
    """Base. `code` has its words in the views; `retry_after` is seconds that the centre asked to wait. `sent`: whether
    what was asked may have been done all the same."""

    code = "server_fault"
    may_be_done = True

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after
        self.sent = self.may_be_done
        self.keys: frozenset[tuple[str, str]] = frozenset()  # what looks different now: the answer to it is unknown


class Offline(SyncProblem):
    """No answer. `sent`: whether the request may have reached the centre."""

    code = "offline"

    def __init__(self, detail: str = "", sent: bool = True) -> None:
        super().__init__(detail)
        self.sent = sent


class ServerFault(SyncProblem):
    """The centre answered 5xx or nonsense."""

    code = "server_fault"


class Busy(SyncProblem):
    """The centre asks to come back later (429, 503)."""

    code = "throttled"
    may_be_done = False


class AuthExpired(SyncProblem):
    """The token is gone (401): refresh or sign in; the queue stays."""

    code = "sign_in"
    may_be_done = False


class Forbidden(SyncProblem):
    """403: this installation was revoked, or this person disabled; `code` is the centre's."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail)
        self.code = code


class TooOld(SyncProblem):
    """426, or documents that this version cannot read: update the desk. Pushing still works."""

    code = "too_old"


class TooBig(SyncProblem):
    """413: a smaller batch."""

    code = "too_big"
    may_be_done = False


class Restored(SyncProblem):
    """409: the centre does not know our position: it was restored. `common` is the last commit both have, 0 unknown."""

    code = "restored"

    def __init__(self, common: int = 0) -> None:
        super().__init__(str(common))
        self.common = common


class BelowFloor(SyncProblem):
    """410: the feed no longer reaches back to our position."""

    code = "below_floor"


class Rejected(SyncProblem):
    """Any other 4xx, with the code of its problem document: a request that is no weather."""

    def __init__(self, status: int, code: str, detail: str = "") -> None:
        super().__init__(f"{status} {code} {detail}")
        self.status = status
        self.code = code
        self.data: dict[str, str | int | None] = {}  # further members of the document: what the words need

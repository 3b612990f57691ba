"""Made-up view rows for tests of the windows and for pictures: one afternoon at a made-up shop."""

from __future__ import annotations

from tools.samples.base import CHOICES, NOT_WANTED, NOW, WRONG_ADDRESS, ago, ahead, choice, cny, names
from tools.samples.case import (
    CASE,
    CASE_GIVEN,
    CASE_SHIPPED,
    CASE_TROUBLE,
    ORDER,
    PATH,
    SHIPPED_TREE,
    TIMELINE,
    TREE,
    VERDICT,
    WHO,
    act,
    node,
)
from tools.samples.give import ANSWERED, APPROVAL, APPROVALS, GIVE, SCRIPT, SCRIPT_EN, SCRIPT_MISSING, offer
from tools.samples.pages import ADMIN, ATTENTION, HITS, PEOPLE, STATUS, TASKS
from tools.samples.queue import QUEUE, queue_row

__all__ = [
    "ADMIN",
    "ANSWERED",
    "APPROVAL",
    "APPROVALS",
    "ATTENTION",
    "CASE",
    "CASE_GIVEN",
    "CASE_SHIPPED",
    "CASE_TROUBLE",
    "CHOICES",
    "GIVE",
    "HITS",
    "NOT_WANTED",
    "NOW",
    "ORDER",
    "PATH",
    "PEOPLE",
    "QUEUE",
    "SCRIPT",
    "SCRIPT_EN",
    "SCRIPT_MISSING",
    "SHIPPED_TREE",
    "STATUS",
    "TASKS",
    "TIMELINE",
    "TREE",
    "VERDICT",
    "WHO",
    "WRONG_ADDRESS",
    "act",
    "ago",
    "ahead",
    "choice",
    "cny",
    "names",
    "node",
    "offer",
    "queue_row",
]

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
from tools.samples.trouble import CASE_LOST, CASE_PAID_TWICE, CASE_READY, HAND_OFFS, LOST, PAID_TWICE, READY, TASK

__all__ = [
    "ADMIN",
    "ANSWERED",
    "APPROVAL",
    "APPROVALS",
    "ATTENTION",
    "CASE",
    "CASE_GIVEN",
    "CASE_LOST",
    "CASE_PAID_TWICE",
    "CASE_READY",
    "CASE_SHIPPED",
    "CASE_TROUBLE",
    "CHOICES",
    "GIVE",
    "HAND_OFFS",
    "HITS",
    "LOST",
    "NOT_WANTED",
    "NOW",
    "ORDER",
    "PAID_TWICE",
    "PATH",
    "PEOPLE",
    "QUEUE",
    "READY",
    "SCRIPT",
    "SCRIPT_EN",
    "SCRIPT_MISSING",
    "SHIPPED_TREE",
    "STATUS",
    "TASK",
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

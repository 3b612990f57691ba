"""Deeds of handling options that ask another team or block the customer (MISSION 90, 99, 104, 109).

They run beside what the customer gets and never hold it up: what is open or done already is left as it is.
"""

from __future__ import annotations

from desk.domain import blocks, handoffs
from desk.domain.deals import Deal, Done
from desk.domain.decisions import Refused
from desk.domain.ids import derived_id
from desk.domain.permissions import may_issue
from desk.domain.tasks import Task


def task_id_of(command_id: str, item: str) -> str:
    """The id of the task that an option asks for."""
    return derived_id("task", command_id, item)


def ask_team(deal: Deal) -> Done | Refused:
    """The hand-off that the deed names, with the words that were given. One that is still open is enough."""
    ticket, item = deal.ticket, deal.deed.item
    if any(task.is_open and task.ticket_id == ticket.id and task.what == item for task in deal.case.all(Task)):
        return Done(nothing="task_open")
    asked = handoffs.asking(
        ticket,
        deal.setting,
        task_id=task_id_of(deal.command_id, item),
        what=item,
        words_id=deal.words_id,
        command_id=deal.command_id,
    )
    return asked if isinstance(asked, Refused) else Done(changes=(asked,))


def block(deal: Deal) -> Done | Refused:
    """The ticket's customer goes on the block list."""
    setting = deal.setting
    if not may_issue(setting.policy, setting.actor.level, "BlockCustomer"):
        return Refused("not_permitted", {"command": "BlockCustomer", "level": setting.actor.level})
    if blocks.is_blocked(deal.case, deal.ticket.customer_id, setting.now):
        return Done(nothing="already_blocked")
    blocked = blocks.blocking(deal.ticket, setting, reason=deal.deed.item, days=deal.deed.days, words_id=deal.words_id)
    return blocked if isinstance(blocked, Refused) else Done(changes=(blocked,))

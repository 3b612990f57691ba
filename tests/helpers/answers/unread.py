"""Fields that no rule reads when it decides what a person at a desk may ask, each with what it is for instead."""

from __future__ import annotations

_FOR_THE_EYE = """
    order.shop order.lines.unit_price order.tenders.paid_at
      order.parcels.trace.text
    order.promotions.label order.events order.events.at order.events.area order.events.code order.events.text
    order.pickup order.remark_id ticket.number ticket.opened_by ticket.mood ticket.currency ticket.chased ticket.notes
    ticket.notes.id ticket.notes.at ticket.notes.by ticket.notes.text_id ticket.messages ticket.messages.id
    ticket.messages.at ticket.messages.by ticket.messages.template ticket.messages.acts ticket.messages.via
    ticket.messages.text_id ticket.promises.at ticket.promises.by ticket.pauses.reason ticket.outcome
    ticket.record.process_id ticket.record.cause ticket.record.result ticket.record.feedback_id
    ticket.record.satisfaction ticket.reopened ticket.policy_version ticket.path ticket.path.at ticket.path.by
    ticket.path.code ticket.path.data entry.customer_id entry.by entry.reference approval.cost approval.asked_after
    approval.decided_by approval.decided_at approval.approved_cost approval.approved_units approval.reason
    approval.words_id effect.at effect.problem effect.reference effect.settled_at staff.language team.names store.names
    store.active installation.name installation.scopes installation.public_key ticket.escalation
    ticket.open_tasks
    ticket.escalation_level ticket.came_from task.order_id task.order_number task.store_id task.asked_at
    task.taken_at task.words_id task.reply_id task.reference task.replied_by task.replied_at task.level
    task.command_id block.reason block.ticket_id block.by block.at block.words_id block.lifted_by
    block.lift_words_id ticket.order_stage ticket.by_keywords ticket.checks.answer ticket.checks.at ticket.checks.by
    ticket.checks.text_id ticket.options.option ticket.options.at ticket.options.by ticket.options.amount
"""
_FOR_THE_CENTRE = """
    ticket.escalate_at task.escalations task.escalate_at
    order.source_version ticket.first_response_breached ticket.archived_at approval.team approval.escalate_at
    approval.raised effect.tender_id effect.amount effect.currency effect.text_id effect.next_at effect.data
    effect.receipt_id ticket.finding.window
"""
_FOR_WHAT_FOLLOWS = """
    order.lines.stock_available ticket.due_at ticket.promises.due_at
"""
UNREAD: dict[str, str] = {
    **dict.fromkeys(_FOR_THE_EYE.split(), "people see it, or a document names it"),
    **dict.fromkeys(_FOR_THE_CENTRE.split(), "the centre's jobs, scopes, ingest and effects worker read it"),
    **dict.fromkeys(_FOR_WHAT_FOLLOWS.split(), "folding a change counts on with it, no decision does"),
    "order.signed_at": "the state says the same, and is what rules ask",
    "budget.leased": "no lease is given yet",
    "staff.active": "the book looks for active administrators itself",
    "staff.password_no": "a desk reads it at sign-in; a saved person keeps it, no decision asks",
}

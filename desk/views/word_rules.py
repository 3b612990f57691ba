"""Words for the codes of the rules: verdicts, the tree, offers, what is next.

The words are English, the source of the .ts files; {name:spec} is filled by words.py. Tests hold that every code of
the rules is here.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

VERDICT: Mapping[str, object] = {
    "unpaid": QT_TRANSLATE_NOOP("words verdict", "Not paid: cancels by itself, stock is released"),
    "unpaid_received": QT_TRANSLATE_NOOP(
        "words verdict", "Not booked as paid, yet {amount:money} came in: a person has to review"
    ),
    "in_window": QT_TRANSLATE_NOOP("words verdict", "May cancel now · {amount:money} goes back"),
    "window_closed": QT_TRANSLATE_NOOP("words verdict", "Packing has begun: a person has to review"),
    "packed": QT_TRANSLATE_NOOP("words verdict", "Packed: a person has to review"),
    "shipped": QT_TRANSLATE_NOOP("words verdict", "Shipped: intercept the parcel, a person decides"),
    "fresh_shipped": QT_TRANSLATE_NOOP("words verdict", "Fresh goods on their way: cannot be cancelled"),
    "fresh_late": QT_TRANSLATE_NOOP("words verdict", "Fresh goods past their shipping time: cannot be cancelled"),
    "after_sales": QT_TRANSLATE_NOOP("words verdict", "Signed for: goes to after-sales"),
    "already_cancelled": QT_TRANSLATE_NOOP("words verdict", "Cancelled already"),
    "unknown": QT_TRANSLATE_NOOP("words verdict", "Not known here: the centre decides"),
    "exception_type": QT_TRANSLATE_NOOP("words verdict", "What kind of trouble is it? Pick it with R"),
    "exception_check": QT_TRANSLATE_NOOP("words verdict", "{label}: {count} to check before anything is done"),
    "exception_act": QT_TRANSLATE_NOOP("words verdict", "{label} → {act}"),
    "exception_ways": QT_TRANSLATE_NOOP("words verdict", "{label} → {act} · or {more} more"),
    "exception_done": QT_TRANSLATE_NOOP("words verdict", "{label} → {act}: under way, tell the customer"),
    "exception_wait": QT_TRANSLATE_NOOP("words verdict", "{label}: waiting for another team until {due:time}"),
    "exception_none": QT_TRANSLATE_NOOP("words verdict", "{label}: the rules allow nothing here now"),
    "exception_gone": QT_TRANSLATE_NOOP("words verdict", "{label}: no longer so, tell the customer and wrap up"),
    "no_order": QT_TRANSLATE_NOOP("words verdict", "No order yet: write down what the customer knows"),
}
THEN: Mapping[str, object] = {
    "unpaid": QT_TRANSLATE_NOOP("words then", "then it cancels by itself"),
    "unpaid_received": QT_TRANSLATE_NOOP("words then", "then a person has to review"),
    "in_window": QT_TRANSLATE_NOOP("words then", "then it may cancel again"),
    "window_closed": QT_TRANSLATE_NOOP("words then", "then a person has to review"),
    "packed": QT_TRANSLATE_NOOP("words then", "then it is packed"),
    "shipped": QT_TRANSLATE_NOOP("words then", "then it is shipped"),
    "fresh_late": QT_TRANSLATE_NOOP("words then", "then it can no longer be cancelled"),
    "next_wave": QT_TRANSLATE_NOOP("words then", "then the {wave} wave"),
    "after_sales": QT_TRANSLATE_NOOP("words then", "then it goes to after-sales"),
    "fresh_shipped": QT_TRANSLATE_NOOP("words then", "then it cannot be cancelled"),
    "already_cancelled": QT_TRANSLATE_NOOP("words then", "then it is cancelled"),
}
QUESTION: Mapping[str, object] = {
    "cancelled": QT_TRANSLATE_NOOP("words question", "Cancelled?"),
    "paid": QT_TRANSLATE_NOOP("words question", "Paid?"),
    "received": QT_TRANSLATE_NOOP("words question", "Did money come in all the same?"),
    "signed": QT_TRANSLATE_NOOP("words question", "Signed for?"),
    "shipped_q": QT_TRANSLATE_NOOP("words question", "Shipped?"),
    "fresh": QT_TRANSLATE_NOOP("words question", "Fresh goods?"),
    "fresh_late_q": QT_TRANSLATE_NOOP("words question", "Fresh, past shipping time?"),
    "packed_q": QT_TRANSLATE_NOOP("words question", "Packed?"),
    "window": QT_TRANSLATE_NOOP("words question", "Inside the cancel window?"),
}
ANSWER: Mapping[str, object] = {
    "cancelled.no": QT_TRANSLATE_NOOP("words answer", "Not cancelled"),
    "cancelled.yes": QT_TRANSLATE_NOOP("words answer", "Cancelled"),
    "paid.yes": QT_TRANSLATE_NOOP("words answer", "Paid"),
    "paid.no": QT_TRANSLATE_NOOP("words answer", "Not paid"),
    "received.yes": QT_TRANSLATE_NOOP("words answer", "Money came in"),
    "received.no": QT_TRANSLATE_NOOP("words answer", "No money came in"),
    "signed.yes": QT_TRANSLATE_NOOP("words answer", "Signed for"),
    "signed.no": QT_TRANSLATE_NOOP("words answer", "Not signed"),
    "shipped_q.yes": QT_TRANSLATE_NOOP("words answer", "Shipped"),
    "shipped_q.no": QT_TRANSLATE_NOOP("words answer", "Not shipped"),
    "fresh.yes": QT_TRANSLATE_NOOP("words answer", "Fresh goods"),
    "fresh.no": QT_TRANSLATE_NOOP("words answer", "Not fresh"),
    "fresh_late_q.yes": QT_TRANSLATE_NOOP("words answer", "Past shipping time"),
    "fresh_late_q.no": QT_TRANSLATE_NOOP("words answer", "In time"),
    "packed_q.yes": QT_TRANSLATE_NOOP("words answer", "Packed"),
    "packed_q.no": QT_TRANSLATE_NOOP("words answer", "Not packed"),
    "window.open": QT_TRANSLATE_NOOP("words answer", "Window open"),
    "window.closed": QT_TRANSLATE_NOOP("words answer", "Window closed"),
}
END: Mapping[str, object] = {
    "already_cancelled": QT_TRANSLATE_NOOP("words end", "Nothing to do"),
    "unpaid": QT_TRANSLATE_NOOP("words end", "Cancel by itself"),
    "unpaid_received": QT_TRANSLATE_NOOP("words end", "Person reviews"),
    "after_sales": QT_TRANSLATE_NOOP("words end", "After-sales"),
    "fresh_shipped": QT_TRANSLATE_NOOP("words end", "No cancel"),
    "shipped": QT_TRANSLATE_NOOP("words end", "Person, intercept"),
    "fresh_late": QT_TRANSLATE_NOOP("words end", "No cancel"),
    "packed": QT_TRANSLATE_NOOP("words end", "Person reviews"),
    "in_window": QT_TRANSLATE_NOOP("words end", "Cancel by itself"),
    "window_closed": QT_TRANSLATE_NOOP("words end", "Person reviews"),
}
YES_NO: Mapping[str, object] = {
    "yes": QT_TRANSLATE_NOOP("words yes_no", "yes"),
    "no": QT_TRANSLATE_NOOP("words yes_no", "no"),
    "open": QT_TRANSLATE_NOOP("words yes_no", "yes"),
    "closed": QT_TRANSLATE_NOOP("words yes_no", "no"),
}
NEXT_ACT: Mapping[str, object] = {
    "claim": QT_TRANSLATE_NOOP("words next_act", "Claim and start"),
    "start": QT_TRANSLATE_NOOP("words next_act", "Start work"),
    "resolve": QT_TRANSLATE_NOOP("words next_act", "Cause found, resolve"),
    "cancel_order": QT_TRANSLATE_NOOP("words next_act", "Cancel order, refund {amount:money}"),
    "cancel_unpaid": QT_TRANSLATE_NOOP("words next_act", "Cancel order, release stock"),
    "close": QT_TRANSLATE_NOOP("words next_act", "Wrap up"),
    "archive": QT_TRANSLATE_NOOP("words next_act", "Archive"),
    "reopen": QT_TRANSLATE_NOOP("words next_act", "Reopen"),
    "release": QT_TRANSLATE_NOOP("words next_act", "Give back to the queue"),
    "pause": QT_TRANSLATE_NOOP("words next_act", "Pause the clocks"),
    "resume": QT_TRANSLATE_NOOP("words next_act", "Resume"),
    "after_sales": QT_TRANSLATE_NOOP("words next_act", "Send to after-sales"),
    "block": QT_TRANSLATE_NOOP("words next_act", "Block the customer"),
    "lift": QT_TRANSLATE_NOOP("words next_act", "Lift the block"),
}
ARMED: Mapping[str, object] = {
    "cancel_order": QT_TRANSLATE_NOOP("words armed", "Enter: {amount:money} leaves for good"),
    "cancel_unpaid": QT_TRANSLATE_NOOP("words armed", "Enter: cancel the order"),
}
OFFER_NOTE: Mapping[str, object] = {
    "in_limit": QT_TRANSLATE_NOOP("words offer_note", "Within your limit"),
    "cost": QT_TRANSLATE_NOOP("words offer_note", "Costs {amount:money}"),
    "stock": QT_TRANSLATE_NOOP("words offer_note", "{count} in stock"),
    "approval_by": QT_TRANSLATE_NOOP("words offer_note", "{name} approves"),
    "approval_level": QT_TRANSLATE_NOOP("words offer_note", "{level:level} approves"),
    "approval_asked": QT_TRANSLATE_NOOP("words offer_note", "Asked, waiting"),
    "given": QT_TRANSLATE_NOOP("words offer_note", "Given already"),
    "over_grant": QT_TRANSLATE_NOOP("words offer_note", "Above your limit per grant"),
    "over_day": QT_TRANSLATE_NOOP("words offer_note", "Above your limit for today"),
    "over_order": QT_TRANSLATE_NOOP("words offer_note", "Above what this order may get"),
    "over_customer": QT_TRANSLATE_NOOP("words offer_note", "Above what this customer may get"),
    "over_store": QT_TRANSLATE_NOOP("words offer_note", "Above what the store may give today"),
    "out_of_stock": QT_TRANSLATE_NOOP("words offer_note", "Out of stock"),
    "no_freight": QT_TRANSLATE_NOOP("words offer_note", "No freight was paid"),
    "no_cap": QT_TRANSLATE_NOOP("words offer_note", "No cap for this currency: needs approval"),
    "not_held": QT_TRANSLATE_NOOP("words offer_note", "Claim the ticket first"),
    "cancelled": QT_TRANSLATE_NOOP("words offer_note", "Order is cancelled"),
    "not_paid": QT_TRANSLATE_NOOP("words offer_note", "Order is not paid"),
    "offline_no_lease": QT_TRANSLATE_NOOP("words offer_note", "Offline, no allowance"),
    "no_lease": QT_TRANSLATE_NOOP("words offer_note", "Offline, no allowance"),
    "above_grant_cap": QT_TRANSLATE_NOOP("words offer_note", "Above your limit per grant"),
    "above_day_cap": QT_TRANSLATE_NOOP("words offer_note", "Above your limit for today"),
    "above_order_cap": QT_TRANSLATE_NOOP("words offer_note", "Above what this order may get"),
    "above_customer_cap": QT_TRANSLATE_NOOP("words offer_note", "Above what this customer may get"),
    "above_store_day_cap": QT_TRANSLATE_NOOP("words offer_note", "Above what the store may give today"),
    "order": QT_TRANSLATE_NOOP("words offer_note", "Above what this order may get"),
    "customer": QT_TRANSLATE_NOOP("words offer_note", "Above what this customer may get"),
    "agent_day": QT_TRANSLATE_NOOP("words offer_note", "Above your limit for today"),
    "store_day": QT_TRANSLATE_NOOP("words offer_note", "Above what the store may give today"),
    "per_grant": QT_TRANSLATE_NOOP("words offer_note", "Above your limit per grant"),
    "already_given": QT_TRANSLATE_NOOP("words offer_note", "Given already"),
    "approval_pending": QT_TRANSLATE_NOOP("words offer_note", "Asked, waiting"),
    "above_paid": QT_TRANSLATE_NOOP("words offer_note", "Above what was paid"),
    "above_every_level": QT_TRANSLATE_NOOP("words offer_note", "Above every limit"),
    "not_claimed": QT_TRANSLATE_NOOP("words offer_note", "Claim the ticket first"),
    "claim_not_held": QT_TRANSLATE_NOOP("words offer_note", "Not in your hands"),
    "claimed_by_other": QT_TRANSLATE_NOOP("words offer_note", "{holder} has the ticket"),
    "ticket_closed": QT_TRANSLATE_NOOP("words offer_note", "Ticket is closed"),
    "no_rate": QT_TRANSLATE_NOOP("words offer_note", "No cost set"),
    "needs_centre": QT_TRANSLATE_NOOP("words offer_note", "Only online"),
    "not_permitted": QT_TRANSLATE_NOOP("words offer_note", "Not for your level"),
    "not_your_team": QT_TRANSLATE_NOOP("words offer_note", "Another team's"),
}
METER: Mapping[str, object] = {
    "order": QT_TRANSLATE_NOOP("words meter", "This order may still get"),
    "today": QT_TRANSLATE_NOOP("words meter", "I may still give today"),
    "agent_day": QT_TRANSLATE_NOOP("words meter", "I may still give today"),
    "customer": QT_TRANSLATE_NOOP("words meter", "This customer may still get"),
    "store_today": QT_TRANSLATE_NOOP("words meter", "The store may still give today"),
    "store_day": QT_TRANSLATE_NOOP("words meter", "The store may still give today"),
}
BLOCKED: Mapping[str, object] = {
    "missing_value": QT_TRANSLATE_NOOP("words blocked", "Fill what is marked before you send."),
    "forbidden_words": QT_TRANSLATE_NOOP("words blocked", "Some words put the blame on somebody: change them."),
}
ATTENTION_STEP: Mapping[str, object] = {
    "open": QT_TRANSLATE_NOOP("words attention_step", "Open the case"),
    "again": QT_TRANSLATE_NOOP("words attention_step", "Do it again"),
    "dismiss": QT_TRANSLATE_NOOP("words attention_step", "Done with it"),
    "look_up_again": QT_TRANSLATE_NOOP("words attention_step", "Look it up again"),
    "tell_admin": QT_TRANSLATE_NOOP("words attention_step", "Tell the administrator"),
}

"""Words for the codes of facts: states, channels, levels, steps of a path, commands, notices.

The words are English, the source of the .ts files; {name:spec} is filled by words.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

KIND: Mapping[str, object] = {
    "cancel": QT_TRANSLATE_NOOP("words kind", "Cancel"),
    "exception": QT_TRANSLATE_NOOP("words kind", "Exception"),
}
CHANNEL: Mapping[str, object] = {
    "app": QT_TRANSLATE_NOOP("words channel", "App"),
    "hotline": QT_TRANSLATE_NOOP("words channel", "Hotline"),
    "chat": QT_TRANSLATE_NOOP("words channel", "Chat"),
    "store": QT_TRANSLATE_NOOP("words channel", "Store"),
    "system": QT_TRANSLATE_NOOP("words channel", "System alert"),
}
STAGE: Mapping[str, object] = {
    "identify": QT_TRANSLATE_NOOP("words stage", "Identify"),
    "analyse": QT_TRANSLATE_NOOP("words stage", "Analyse"),
    "resolve": QT_TRANSLATE_NOOP("words stage", "Resolve"),
    "closed": QT_TRANSLATE_NOOP("words stage", "Closed"),
    "archived": QT_TRANSLATE_NOOP("words stage", "Archived"),
}
LEVEL: Mapping[str, object] = {
    "counter": QT_TRANSLATE_NOOP("words level", "Counter"),
    "agent": QT_TRANSLATE_NOOP("words level", "Agent"),
    "senior": QT_TRANSLATE_NOOP("words level", "Senior agent"),
    "supervisor": QT_TRANSLATE_NOOP("words level", "Supervisor"),
    "manager": QT_TRANSLATE_NOOP("words level", "Manager"),
    "warehouse": QT_TRANSLATE_NOOP("words level", "Warehouse"),
    "finance": QT_TRANSLATE_NOOP("words level", "Finance"),
    "specialist": QT_TRANSLATE_NOOP("words level", "Specialist"),
    "admin": QT_TRANSLATE_NOOP("words level", "Administrator"),
    "system": QT_TRANSLATE_NOOP("words level", "System"),
}
ACT: Mapping[str, object] = {
    "notify": QT_TRANSLATE_NOOP("words act", "Notify"),
    "explain": QT_TRANSLATE_NOOP("words act", "Explain"),
    "progress": QT_TRANSLATE_NOOP("words act", "Progress"),
    "solution": QT_TRANSLATE_NOOP("words act", "Solution"),
    "apology": QT_TRANSLATE_NOOP("words act", "Apology"),
}
DUE: Mapping[str, object] = {
    "first_response": QT_TRANSLATE_NOOP("words due", "First response due"),
    "promise": QT_TRANSLATE_NOOP("words due", "Promise due"),
    "no_return": QT_TRANSLATE_NOOP("words due", "Point of no return"),
    "update": QT_TRANSLATE_NOOP("words due", "Next update due"),
}
FLAG: Mapping[str, object] = {
    "fresh": QT_TRANSLATE_NOOP("words flag", "fresh"),
    "custom": QT_TRANSLATE_NOOP("words flag", "custom-made"),
    "digital": QT_TRANSLATE_NOOP("words flag", "digital"),
    "gift": QT_TRANSLATE_NOOP("words flag", "gift"),
    "limited": QT_TRANSLATE_NOOP("words flag", "limited"),
    "time_critical": QT_TRANSLATE_NOOP("words flag", "time-critical"),
}
BENEFIT: Mapping[str, object] = {
    "refund": QT_TRANSLATE_NOOP("words benefit", "Refund"),
    "coupon_back": QT_TRANSLATE_NOOP("words benefit", "Coupon returned"),
    "points_back": QT_TRANSLATE_NOOP("words benefit", "Points returned"),
    "points_taken": QT_TRANSLATE_NOOP("words benefit", "Points taken back"),
    "coupon": QT_TRANSLATE_NOOP("words benefit", "Coupon"),
    "points": QT_TRANSLATE_NOOP("words benefit", "Points"),
    "gift": QT_TRANSLATE_NOOP("words benefit", "Small gift"),
    "goodwill": QT_TRANSLATE_NOOP("words benefit", "Goodwill refund"),
    "freight": QT_TRANSLATE_NOOP("words benefit", "Freight"),
}
GIVEN: Mapping[str, object] = {
    "refund": QT_TRANSLATE_NOOP("words given", "Refund {cost:money}"),
    "refund_to": QT_TRANSLATE_NOOP("words given", "Refund {label} {cost:money}"),
    "coupon_back": QT_TRANSLATE_NOOP("words given", "Coupon returned"),
    "points_back": QT_TRANSLATE_NOOP("words given", "{units} points returned"),
    "points_taken": QT_TRANSLATE_NOOP("words given", "{units} points taken back"),
    "coupon": QT_TRANSLATE_NOOP("words given", "Coupon {cost:money}"),
    "points": QT_TRANSLATE_NOOP("words given", "{units} points"),
    "gift": QT_TRANSLATE_NOOP("words given", "Small gift"),
    "goodwill": QT_TRANSLATE_NOOP("words given", "Goodwill refund {cost:money}"),
    "freight": QT_TRANSLATE_NOOP("words given", "Freight {cost:money}"),
    "unknown": QT_TRANSLATE_NOOP("words given", "What was given"),
}
EFFECT: Mapping[str, object] = {
    "cancel_order": QT_TRANSLATE_NOOP("words effect", "Cancel the order in the shop"),
    "refund": QT_TRANSLATE_NOOP("words effect", "Refund"),
    "stop_shipment": QT_TRANSLATE_NOOP("words effect", "Stop the shipment"),
    "release_stock": QT_TRANSLATE_NOOP("words effect", "Release stock"),
    "issue_coupon": QT_TRANSLATE_NOOP("words effect", "Issue coupon"),
    "add_points": QT_TRANSLATE_NOOP("words effect", "Add points"),
    "send_gift": QT_TRANSLATE_NOOP("words effect", "Send gift"),
    "return_coupon": QT_TRANSLATE_NOOP("words effect", "Return coupon"),
    "return_points": QT_TRANSLATE_NOOP("words effect", "Return points"),
    "take_points": QT_TRANSLATE_NOOP("words effect", "Take points earned back"),
    "take_back_points": QT_TRANSLATE_NOOP("words effect", "Take points earned back"),
    "send_message": QT_TRANSLATE_NOOP("words effect", "Send message"),
    "mark_paid": QT_TRANSLATE_NOOP("words effect", "Mark as paid"),
    "payment_link": QT_TRANSLATE_NOOP("words effect", "Send payment link"),
    "reship": QT_TRANSLATE_NOOP("words effect", "Ship again"),
    "change_contact": QT_TRANSLATE_NOOP("words effect", "Change address or phone"),
    "redirect_parcel": QT_TRANSLATE_NOOP("words effect", "Redirect parcel"),
    "allocate_stock": QT_TRANSLATE_NOOP("words effect", "Take from another channel"),
    "resync_order": QT_TRANSLATE_NOOP("words effect", "Sync order again"),
    "urge_parcel": QT_TRANSLATE_NOOP("words effect", "Urge delivery"),
}
EFFECT_STATE: Mapping[str, object] = {
    "pending": QT_TRANSLATE_NOOP("words effect_state", "asked"),
    "in_flight": QT_TRANSLATE_NOOP("words effect_state", "on its way"),
    "accepted": QT_TRANSLATE_NOOP("words effect_state", "accepted, not arrived"),
    "confirmed": QT_TRANSLATE_NOOP("words effect_state", "done"),
    "unknown": QT_TRANSLATE_NOOP("words effect_state", "answer unknown, being checked"),
    "manual": QT_TRANSLATE_NOOP("words effect_state", "to be done by hand"),
    "failed": QT_TRANSLATE_NOOP("words effect_state", "failed"),
    "asked": QT_TRANSLATE_NOOP("words effect_state", "asked"),
}
ORDER_STATE: Mapping[str, object] = {
    "unpaid": QT_TRANSLATE_NOOP("words order_state", "Not paid"),
    "paid": QT_TRANSLATE_NOOP("words order_state", "Paid, not shipped"),
    "shipped": QT_TRANSLATE_NOOP("words order_state", "Shipped"),
    "signed": QT_TRANSLATE_NOOP("words order_state", "Signed"),
    "completed": QT_TRANSLATE_NOOP("words order_state", "Completed"),
    "cancelled": QT_TRANSLATE_NOOP("words order_state", "Cancelled"),
}
ORDER_STAGE: Mapping[str, object] = {
    "created": QT_TRANSLATE_NOOP("words order_stage", "Ordered"),
    "paid": QT_TRANSLATE_NOOP("words order_stage", "Paid"),
    "stock": QT_TRANSLATE_NOOP("words order_stage", "Stock"),
    "packed": QT_TRANSLATE_NOOP("words order_stage", "Packed"),
    "shipped": QT_TRANSLATE_NOOP("words order_stage", "Shipped"),
    "signed": QT_TRANSLATE_NOOP("words order_stage", "Signed"),
    "completed": QT_TRANSLATE_NOOP("words order_stage", "Completed"),
    "cancelled": QT_TRANSLATE_NOOP("words order_stage", "Cancelled"),
}
STAGE_NOTE: Mapping[str, object] = {
    "packed": QT_TRANSLATE_NOOP("words stage_note", "packed"),
    "not_packed": QT_TRANSLATE_NOOP("words stage_note", "not packed"),
    "unpaid": QT_TRANSLATE_NOOP("words stage_note", "not paid"),
}
AREA: Mapping[str, object] = {
    "payment": QT_TRANSLATE_NOOP("words area", "Payment"),
    "stock": QT_TRANSLATE_NOOP("words area", "Stock"),
    "parcel": QT_TRANSLATE_NOOP("words area", "Parcel"),
    "service": QT_TRANSLATE_NOOP("words area", "Service"),
    "order": QT_TRANSLATE_NOOP("words area", "Order"),
    "money": QT_TRANSLATE_NOOP("words area", "Money"),
}
PROMO: Mapping[str, object] = {
    "coupon": QT_TRANSLATE_NOOP("words promo", "Coupon"),
    "threshold": QT_TRANSLATE_NOOP("words promo", "Spend-and-save"),
    "points": QT_TRANSLATE_NOOP("words promo", "Points"),
    "gift": QT_TRANSLATE_NOOP("words promo", "Gift"),
}
BACK: Mapping[str, object] = {
    "refund_full": QT_TRANSLATE_NOOP("words back", "back in full"),
    "refund_rest": QT_TRANSLATE_NOOP("words back", "the rest goes back"),
    "refund_none": QT_TRANSLATE_NOOP("words back", "nothing to give back"),
    "refund_surplus": QT_TRANSLATE_NOOP("words back", "paid too much, goes back"),
    "coupon_back": QT_TRANSLATE_NOOP("words back", "goes back"),
    "coupon_reissued": QT_TRANSLATE_NOOP("words back", "issued anew"),
    "coupon_lapsed": QT_TRANSLATE_NOOP("words back", "has expired"),
    "points_back": QT_TRANSLATE_NOOP("words back", "{points} points go back"),
    "points_taken": QT_TRANSLATE_NOOP("words back", "{points} points earned are taken off"),
    "stock": QT_TRANSLATE_NOOP("words back", "stock released"),
    "gift_back": QT_TRANSLATE_NOOP("words back", "gift comes back"),
    "lapse": QT_TRANSLATE_NOOP("words back", "lapses"),
    "refund": QT_TRANSLATE_NOOP("words back", "refund"),
}
PARCEL_SCAN: Mapping[str, object] = {
    "picked_up": QT_TRANSLATE_NOOP("words parcel_scan", "picked up"),
    "depot": QT_TRANSLATE_NOOP("words parcel_scan", "at the depot"),
    "in_transit": QT_TRANSLATE_NOOP("words parcel_scan", "in transit"),
    "out_for_delivery": QT_TRANSLATE_NOOP("words parcel_scan", "out for delivery"),
    "signed": QT_TRANSLATE_NOOP("words parcel_scan", "signed for"),
    "refused": QT_TRANSLATE_NOOP("words parcel_scan", "refused"),
    "lost": QT_TRANSLATE_NOOP("words parcel_scan", "lost"),
    "damaged": QT_TRANSLATE_NOOP("words parcel_scan", "damaged"),
    "exception": QT_TRANSLATE_NOOP("words parcel_scan", "trouble"),
}
VIA: Mapping[str, object] = {
    "spoken": QT_TRANSLATE_NOOP("words via", "said"),
    "sms": QT_TRANSLATE_NOOP("words via", "SMS"),
    "app": QT_TRANSLATE_NOOP("words via", "app message"),
}
SYNC: Mapping[str, object] = {
    "online": QT_TRANSLATE_NOOP("words sync", "Online"),
    "connecting": QT_TRANSLATE_NOOP("words sync", "Connecting"),
    "catching_up": QT_TRANSLATE_NOOP("words sync", "Catching up"),
    "offline": QT_TRANSLATE_NOOP("words sync", "Offline, work goes on"),
    "sign_in": QT_TRANSLATE_NOOP("words sync", "Sign in again"),
    "too_old": QT_TRANSLATE_NOOP("words sync", "Update needed"),
    "signed_out": QT_TRANSLATE_NOOP("words sync", "Signed out"),
    "revoked": QT_TRANSLATE_NOOP("words sync", "This desk is shut out"),
}
MATCHED: Mapping[str, object] = {
    "number": QT_TRANSLATE_NOOP("words matched", "order number"),
    "tail": QT_TRANSLATE_NOOP("words matched", "order tail"),
    "phone": QT_TRANSLATE_NOOP("words matched", "phone"),
    "name": QT_TRANSLATE_NOOP("words matched", "name"),
    "pinyin": QT_TRANSLATE_NOOP("words matched", "pinyin"),
    "initials": QT_TRANSLATE_NOOP("words matched", "pinyin initials"),
    "tracking": QT_TRANSLATE_NOOP("words matched", "tracking number"),
    "ticket": QT_TRANSLATE_NOOP("words matched", "ticket number"),
}
ROW_STATE: Mapping[str, object] = {
    "done": QT_TRANSLATE_NOOP("words row_state", "Done"),
    "waiting": QT_TRANSLATE_NOOP("words row_state", "Waiting for the centre"),
    "unknown": QT_TRANSLATE_NOOP("words row_state", "Sent, answer unknown"),
    "needs_approval": QT_TRANSLATE_NOOP("words row_state", "Needs approval"),
    "refused": QT_TRANSLATE_NOOP("words row_state", "Refused"),
}
APPROVAL_STATE: Mapping[str, object] = {
    "asked": QT_TRANSLATE_NOOP("words approval_state", "Waiting"),
    "approved": QT_TRANSLATE_NOOP("words approval_state", "Approved"),
    "denied": QT_TRANSLATE_NOOP("words approval_state", "Denied"),
    "expired": QT_TRANSLATE_NOOP("words approval_state", "Ran out"),
}
QUEUE: Mapping[str, object] = {
    "held_by": QT_TRANSLATE_NOOP("words queue", "{name} has it"),
    "chased": QT_TRANSLATE_NOOP("words queue", "chased"),
    "review": QT_TRANSLATE_NOOP("words queue", "review"),
    "escalated": QT_TRANSLATE_NOOP("words queue", "moved up"),
    "found": QT_TRANSLATE_NOOP("words queue", "found by itself"),
    "gone": QT_TRANSLATE_NOOP("words queue", "no longer so"),
    "by_keywords": QT_TRANSLATE_NOOP("words queue", "by keywords"),
    "provisional": QT_TRANSLATE_NOOP("words queue", "not sent yet"),
}
TOLD: Mapping[str, object] = {
    "approval_asked": QT_TRANSLATE_NOOP("words told", "Asked: a {level:level} decides. You see the answer here."),
    "note": QT_TRANSLATE_NOOP("words told", "Note kept."),
    "cancel_first": QT_TRANSLATE_NOOP("words told", "Noted. Cancel this order first, then the customer orders again."),
    "hand_off": QT_TRANSLATE_NOOP("words told", "Handed off."),
    "opened_elsewhere": QT_TRANSLATE_NOOP("words told", "Opened. It stands in the queue of that team now."),
    "close": QT_TRANSLATE_NOOP("words told", "Case closed."),
    "archive": QT_TRANSLATE_NOOP("words told", "Archived."),
    "copied": QT_TRANSLATE_NOOP("words told", "Copied."),
    "saved": QT_TRANSLATE_NOOP("words told", "Saved."),
    "sent": QT_TRANSLATE_NOOP("words told", "On its way to the customer."),
    "said": QT_TRANSLATE_NOOP("words told", "Written down as said."),
    "said_in_chat": QT_TRANSLATE_NOOP("words told", "Copied: paste it into the chat. Written down as said."),
    "given": QT_TRANSLATE_NOOP("words told", "Given."),
    "approved": QT_TRANSLATE_NOOP("words told", "Approved."),
    "denied": QT_TRANSLATE_NOOP("words told", "Denied."),
    "confirmed": QT_TRANSLATE_NOOP("words told", "Confirmed."),
    "retried": QT_TRANSLATE_NOOP("words told", "It tries again."),
    "declined": QT_TRANSLATE_NOOP("words told", "Written down: it cannot be done. The case hears of it."),
    "taken": QT_TRANSLATE_NOOP("words told", "Yours now."),
    "answered": QT_TRANSLATE_NOOP("words told", "Answered; the team that asked sees it."),
    "asked": QT_TRANSLATE_NOOP("words told", "Asked. The answer comes here."),
    "withdrawn": QT_TRANSLATE_NOOP("words told", "Taken back."),
    "option": QT_TRANSLATE_NOOP("words told", "Under way. Tell the customer."),
    "block": QT_TRANSLATE_NOOP("words told", "Blocked."),
    "lift": QT_TRANSLATE_NOOP("words told", "The block is lifted."),
    "cancel_order": QT_TRANSLATE_NOOP("words told", "Order cancelled; refund and stock follow."),
}
READING: Mapping[str, object] = {  # why a list cannot be shown
    "fault": QT_TRANSLATE_NOOP("words reading", "This cannot be shown just now."),
    "storage": QT_TRANSLATE_NOOP("words reading", "This cannot be read on this desk just now."),
    "storage_disk": QT_TRANSLATE_NOOP("words reading", "The disk of this desk does not answer."),
    "storage_damaged": QT_TRANSLATE_NOOP(
        "words reading", "This desk's data is damaged. Work at another desk and tell the administrator."
    ),
}
PLACEHOLDER: Mapping[str, object] = {  # of a script, where somebody has to fill it in
    "agent": QT_TRANSLATE_NOOP("words placeholder", "your name"),
    "alternative": QT_TRANSLATE_NOOP("words placeholder", "what else is offered"),
    "amount": QT_TRANSLATE_NOOP("words placeholder", "amount"),
    "arrival": QT_TRANSLATE_NOOP("words placeholder", "when it arrives"),
    "cancelled_at": QT_TRANSLATE_NOOP("words placeholder", "when it was cancelled"),
    "carrier": QT_TRANSLATE_NOOP("words placeholder", "carrier"),
    "cause": QT_TRANSLATE_NOOP("words placeholder", "cause"),
    "compensation": QT_TRANSLATE_NOOP("words placeholder", "compensation"),
    "customer": QT_TRANSLATE_NOOP("words placeholder", "name of the customer"),
    "eta": QT_TRANSLATE_NOOP("words placeholder", "until when"),
    "item": QT_TRANSLATE_NOOP("words placeholder", "goods"),
    "link": QT_TRANSLATE_NOOP("words placeholder", "link"),
    "minutes": QT_TRANSLATE_NOOP("words placeholder", "minutes"),
    "order_number": QT_TRANSLATE_NOOP("words placeholder", "order number"),
    "order_tail": QT_TRANSLATE_NOOP("words placeholder", "last digits of the order"),
    "place": QT_TRANSLATE_NOOP("words placeholder", "place"),
    "progress": QT_TRANSLATE_NOOP("words placeholder", "how far it is"),
    "reason": QT_TRANSLATE_NOOP("words placeholder", "reason"),
    "refund": QT_TRANSLATE_NOOP("words placeholder", "refund"),
    "refunds": QT_TRANSLATE_NOOP("words placeholder", "refunds"),
    "scan_time": QT_TRANSLATE_NOOP("words placeholder", "time of the last scan"),
    "solution": QT_TRANSLATE_NOOP("words placeholder", "what we do about it"),
    "tenders": QT_TRANSLATE_NOOP("words placeholder", "ways of payment"),
    "tracking": QT_TRANSLATE_NOOP("words placeholder", "tracking number"),
    "update_time": QT_TRANSLATE_NOOP("words placeholder", "when the customer hears again"),
    "wave": QT_TRANSLATE_NOOP("words placeholder", "shipping wave"),
    "why_not": QT_TRANSLATE_NOOP("words placeholder", "why not"),
}
NOT_NOW: Mapping[str, object] = {  # why an act by name, or its key, does nothing here
    "answered": QT_TRANSLATE_NOOP("words not_now", "This request is answered."),
    "no_case": QT_TRANSLATE_NOOP("words not_now", "No case in hand: Enter opens the one under the cursor."),
    "no_notice": QT_TRANSLATE_NOOP("words not_now", "No notices."),
    "no_playbook": QT_TRANSLATE_NOOP("words not_now", "No playbook yet: R says what kind of trouble it is."),
    "no_row": QT_TRANSLATE_NOOP("words not_now", "Nothing under the cursor."),
    "no_rules": QT_TRANSLATE_NOOP("words not_now", "No rules to show for this case."),
    "no_script": QT_TRANSLATE_NOOP("words not_now", "No script fits."),
    "no_such_offer": QT_TRANSLATE_NOOP("words not_now", "There is no {number} here."),
    "not_this_one": QT_TRANSLATE_NOOP("words not_now", "Not for the one under the cursor."),
    "nothing_next": QT_TRANSLATE_NOOP("words not_now", "Nothing to do next on this case."),
    "nothing_to_give": QT_TRANSLATE_NOOP("words not_now", "Nothing to give on this case."),
}

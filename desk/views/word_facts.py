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
COMMAND: Mapping[str, object] = {
    "OpenTicket": QT_TRANSLATE_NOOP("words command", "Open ticket"),
    "ClaimTicket": QT_TRANSLATE_NOOP("words command", "Claim ticket"),
    "ReleaseTicket": QT_TRANSLATE_NOOP("words command", "Release ticket"),
    "MoveStage": QT_TRANSLATE_NOOP("words command", "Move on"),
    "SetReason": QT_TRANSLATE_NOOP("words command", "Set reason"),
    "SetMood": QT_TRANSLATE_NOOP("words command", "Flag mood"),
    "AddNote": QT_TRANSLATE_NOOP("words command", "Note"),
    "PauseTicket": QT_TRANSLATE_NOOP("words command", "Pause"),
    "ResumeTicket": QT_TRANSLATE_NOOP("words command", "Resume"),
    "HandOver": QT_TRANSLATE_NOOP("words command", "Hand off"),
    "SendMessage": QT_TRANSLATE_NOOP("words command", "Message"),
    "KeepPromise": QT_TRANSLATE_NOOP("words command", "Promise kept"),
    "WriteRecord": QT_TRANSLATE_NOOP("words command", "Record"),
    "CloseTicket": QT_TRANSLATE_NOOP("words command", "Close ticket"),
    "ArchiveTicket": QT_TRANSLATE_NOOP("words command", "Archive"),
    "ReopenTicket": QT_TRANSLATE_NOOP("words command", "Reopen"),
    "MarkBreach": QT_TRANSLATE_NOOP("words command", "Overdue mark"),
    "ExpireClaim": QT_TRANSLATE_NOOP("words command", "Claim expiry"),
    "CancelOrder": QT_TRANSLATE_NOOP("words command", "Cancel order"),
    "GrantCompensation": QT_TRANSLATE_NOOP("words command", "Compensation"),
    "DecideApproval": QT_TRANSLATE_NOOP("words command", "Approval answer"),
    "EscalateApproval": QT_TRANSLATE_NOOP("words command", "Escalation"),
    "ExpireApproval": QT_TRANSLATE_NOOP("words command", "Approval expiry"),
    "SettleEffect": QT_TRANSLATE_NOOP("words command", "Settlement"),
    "ConfirmEffect": QT_TRANSLATE_NOOP("words command", "Confirm by hand"),
    "RetryEffect": QT_TRANSLATE_NOOP("words command", "Try again"),
    "TellOrder": QT_TRANSLATE_NOOP("words command", "Order news"),
    "SaveStaff": QT_TRANSLATE_NOOP("words command", "Save person"),
    "SaveTeam": QT_TRANSLATE_NOOP("words command", "Save team"),
    "SaveStore": QT_TRANSLATE_NOOP("words command", "Save store"),
    "RevokeInstallation": QT_TRANSLATE_NOOP("words command", "Revoke desk"),
    "PublishPolicy": QT_TRANSLATE_NOOP("words command", "Publish policy"),
    "RevealContact": QT_TRANSLATE_NOOP("words command", "Show contact"),
}
STEP: Mapping[str, object] = {
    "ticket_opened": QT_TRANSLATE_NOOP("words step", "Ticket opened"),
    "ticket_chased": QT_TRANSLATE_NOOP("words step", "Customer asked again ({channel:channel})"),
    "ticket_claimed": QT_TRANSLATE_NOOP("words step", "Claimed"),
    "ticket_released": QT_TRANSLATE_NOOP("words step", "Given back"),
    "stage_moved": QT_TRANSLATE_NOOP("words step", "Stage: {stage:stage}"),
    "reason_set": QT_TRANSLATE_NOOP("words step", "Reason set"),
    "mood_set": QT_TRANSLATE_NOOP("words step", "Mood flagged"),
    "note_added": QT_TRANSLATE_NOOP("words step", "Note"),
    "ticket_paused": QT_TRANSLATE_NOOP("words step", "Clocks paused"),
    "ticket_resumed": QT_TRANSLATE_NOOP("words step", "Clocks running again"),
    "first_response_given": QT_TRANSLATE_NOOP("words step", "First response given"),
    "first_response_breached": QT_TRANSLATE_NOOP("words step", "First response overdue"),
    "message_sent": QT_TRANSLATE_NOOP("words step", "Message ({via:via})"),
    "promise_made": QT_TRANSLATE_NOOP("words step", "Promised by {due_at:time}"),
    "promise_kept": QT_TRANSLATE_NOOP("words step", "Promise kept"),
    "ticket_handed_over": QT_TRANSLATE_NOOP("words step", "Handed to {team}"),
    "record_written": QT_TRANSLATE_NOOP("words step", "Record written"),
    "ticket_closed": QT_TRANSLATE_NOOP("words step", "Closed"),
    "ticket_archived": QT_TRANSLATE_NOOP("words step", "Archived"),
    "ticket_reopened": QT_TRANSLATE_NOOP("words step", "Reopened"),
    "ticket_rescheduled": QT_TRANSLATE_NOOP("words step", "Clocks computed anew"),
    "contact_revealed": QT_TRANSLATE_NOOP("words step", "Contact shown"),
    "order_told": QT_TRANSLATE_NOOP("words step", "News from the shop"),
    "order_cancelled": QT_TRANSLATE_NOOP("words step", "Order cancelled"),
    "stock_released": QT_TRANSLATE_NOOP("words step", "Stock released: {quantity}"),
    "benefit_granted": QT_TRANSLATE_NOOP("words step", "Given: {what}"),
    "entry_settled": QT_TRANSLATE_NOOP("words step", "{what}: {state:effect_state}"),
    "tender_refunded": QT_TRANSLATE_NOOP("words step", "Refund arrived: {amount:money}"),
    "effect_asked": QT_TRANSLATE_NOOP("words step", "Asked: {kind:effect}"),
    "effect_moved": QT_TRANSLATE_NOOP("words step", "{kind:effect}: {state:effect_state}"),
    "approval_asked": QT_TRANSLATE_NOOP("words step", "Approval asked: {cost:money}"),
    "approval_decided": QT_TRANSLATE_NOOP("words step", "Approval answered"),
    "approval_escalated": QT_TRANSLATE_NOOP("words step", "Approval moved up to {level:level}"),
    "approval_expired": QT_TRANSLATE_NOOP("words step", "Approval ran out"),
    "budget_opened": QT_TRANSLATE_NOOP("words step", "Budget opened"),
    "budget_spent": QT_TRANSLATE_NOOP("words step", "Budget used: {amount:money}"),
    "budget_returned": QT_TRANSLATE_NOOP("words step", "Budget returned: {amount:money}"),
    "budget_raised": QT_TRANSLATE_NOOP("words step", "Budget raised: {amount:money}"),
    "staff_saved": QT_TRANSLATE_NOOP("words step", "Person saved"),
    "team_saved": QT_TRANSLATE_NOOP("words step", "Team saved"),
    "store_saved": QT_TRANSLATE_NOOP("words step", "Store saved"),
    "installation_revoked": QT_TRANSLATE_NOOP("words step", "Desk revoked"),
    "policy_published": QT_TRANSLATE_NOOP("words step", "Policy published"),
    "created": QT_TRANSLATE_NOOP("words step", "Order placed"),
    "paid": QT_TRANSLATE_NOOP("words step", "Payment arrived"),
    "packed": QT_TRANSLATE_NOOP("words step", "Packed"),
    "shipped": QT_TRANSLATE_NOOP("words step", "Handed to the carrier"),
    "signed": QT_TRANSLATE_NOOP("words step", "Signed for"),
    "cancelled": QT_TRANSLATE_NOOP("words step", "Order cancelled"),
    "scan": QT_TRANSLATE_NOOP("words step", "Parcel news"),
}
VIA: Mapping[str, object] = {
    "spoken": QT_TRANSLATE_NOOP("words via", "said"),
    "sms": QT_TRANSLATE_NOOP("words via", "SMS"),
    "app": QT_TRANSLATE_NOOP("words via", "app message"),
}
NOTICE: Mapping[str, object] = {
    "ticket_new": QT_TRANSLATE_NOOP("words notice", "New: {label} …{tail}"),
    "new": QT_TRANSLATE_NOOP("words notice", "New: {label} …{tail}"),
    "ticket_chased": QT_TRANSLATE_NOOP("words notice", "Asked again: {label} …{tail}"),
    "chased": QT_TRANSLATE_NOOP("words notice", "Asked again: {label} …{tail}"),
    "ticket_warned": QT_TRANSLATE_NOOP("words notice", "About to call: {label} …{tail}"),
    "warned": QT_TRANSLATE_NOOP("words notice", "About to call: {label} …{tail}"),
    "approval_asked": QT_TRANSLATE_NOOP("words notice", "Approval asked …{tail}"),
    "approval": QT_TRANSLATE_NOOP("words notice", "Approval answered …{tail}"),
    "approval_approved": QT_TRANSLATE_NOOP("words notice", "Approved …{tail}"),
    "approval_denied": QT_TRANSLATE_NOOP("words notice", "Denied …{tail}"),
    "approval_expired": QT_TRANSLATE_NOOP("words notice", "Approval ran out …{tail}"),
    "act_refused": QT_TRANSLATE_NOOP("words notice", "Not done: look at Attention"),
    "promise_due": QT_TRANSLATE_NOOP("words notice", "Promise due …{tail}"),
    "policy_new": QT_TRANSLATE_NOOP("words notice", "The rules have changed"),
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
    "chased": QT_TRANSLATE_NOOP("words queue", "asked again"),
    "review": QT_TRANSLATE_NOOP("words queue", "review"),
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
    "cancel_order": QT_TRANSLATE_NOOP("words told", "Order cancelled; refund and stock follow."),
}

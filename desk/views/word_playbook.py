"""Words for the codes of playbooks: facts, findings, answers, what options do and need, tasks, blocks.

The words are English, the source of the .ts files; {name:spec} is filled by words.py.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QT_TRANSLATE_NOOP

CHECK_ANSWER: Mapping[str, object] = {
    "yes": QT_TRANSLATE_NOOP("words check_answer", "Yes"),
    "no": QT_TRANSLATE_NOOP("words check_answer", "No"),
    "cannot_tell": QT_TRANSLATE_NOOP("words check_answer", "Unclear"),
    "open": QT_TRANSLATE_NOOP("words check_answer", "open"),
    "required": QT_TRANSLATE_NOOP("words check_answer", "to check"),
}
CHECK_BY: Mapping[str, object] = {
    "itself": QT_TRANSLATE_NOOP("words check_by", "by itself"),
}
MANNER: Mapping[str, object] = {
    "deviates": QT_TRANSLATE_NOOP("words manner", "deviates"),
    "stalled": QT_TRANSLATE_NOOP("words manner", "stalled"),
}
TASK_STATE: Mapping[str, object] = {
    "open": QT_TRANSLATE_NOOP("words task_state", "nobody has taken it"),
    "taken": QT_TRANSLATE_NOOP("words task_state", "in hand"),
    "done": QT_TRANSLATE_NOOP("words task_state", "done"),
    "declined": QT_TRANSLATE_NOOP("words task_state", "cannot be done"),
    "withdrawn": QT_TRANSLATE_NOOP("words task_state", "withdrawn"),
}
TASK_END: Mapping[str, object] = {
    "done": QT_TRANSLATE_NOOP("words task_end", "Done"),
    "declined": QT_TRANSLATE_NOOP("words task_end", "Cannot"),
    "withdrawn": QT_TRANSLATE_NOOP("words task_end", "Withdrawn"),
}
TASK_MARK: Mapping[str, object] = {
    "escalated": QT_TRANSLATE_NOOP("words task_mark", "moved up"),
    "escalated_to": QT_TRANSLATE_NOOP("words task_mark", "moved up to {level}"),
    "reference": QT_TRANSLATE_NOOP("words task_mark", "no. {reference}"),
    "asked": QT_TRANSLATE_NOOP("words task_mark", "{name} asked {at:time}"),
}
DEED: Mapping[str, object] = {
    "refund_surplus": QT_TRANSLATE_NOOP("words deed", "{amount:money} goes back the way it came"),
    "refund_parcel": QT_TRANSLATE_NOOP("words deed", "{amount:money} for the goods in that parcel goes back"),
    "refund_less_freight": QT_TRANSLATE_NOOP("words deed", "{amount:money} goes back, freight is kept"),
    "cancel": QT_TRANSLATE_NOOP("words deed", "the order is cancelled, {amount:money} goes back"),
    "cancel_unpaid": QT_TRANSLATE_NOOP("words deed", "the order is cancelled"),
    "mark_paid": QT_TRANSLATE_NOOP("words deed", "the shop marks it as paid"),
    "payment_link": QT_TRANSLATE_NOOP("words deed", "the customer gets a payment link"),
    "reship": QT_TRANSLATE_NOOP("words deed", "the warehouse sends it again"),
    "change_contact": QT_TRANSLATE_NOOP("words deed", "the shop changes the contact"),
    "redirect": QT_TRANSLATE_NOOP("words deed", "the carrier redirects the parcel"),
    "stop": QT_TRANSLATE_NOOP("words deed", "the carrier brings the parcel back"),
    "allocate": QT_TRANSLATE_NOOP("words deed", "goods come from another channel's stock"),
    "resync": QT_TRANSLATE_NOOP("words deed", "the systems exchange the order again"),
    "urge": QT_TRANSLATE_NOOP("words deed", "the carrier's depot is urged"),
    "task": QT_TRANSLATE_NOOP("words deed", "{team} is asked: {label}"),
    "block": QT_TRANSLATE_NOOP("words deed", "the customer is blocked for {days} days: {label}"),
    "block_open": QT_TRANSLATE_NOOP("words deed", "the customer is blocked: {label}"),
}
OPTION: Mapping[str, object] = {
    "armed": QT_TRANSLATE_NOOP("words option", "Enter: {amount:money} leaves for good"),
    "taken": QT_TRANSLATE_NOOP("words option", "done"),
}
FACT: Mapping[str, object] = {
    "has_order": QT_TRANSLATE_NOOP("words fact", "Order known"),
    "order_number": QT_TRANSLATE_NOOP("words fact", "Order"),
    "order_stage": QT_TRANSLATE_NOOP("words fact", "Came as far as"),
    "state": QT_TRANSLATE_NOOP("words fact", "Order"),
    "order_minutes": QT_TRANSLATE_NOOP("words fact", "Ordered"),
    "store": QT_TRANSLATE_NOOP("words fact", "Store"),
    "pickup": QT_TRANSLATE_NOOP("words fact", "Pick-up"),
    "value": QT_TRANSLATE_NOOP("words fact", "Order value"),
    "is_high_value": QT_TRANSLATE_NOOP("words fact", "High value"),
    "tier": QT_TRANSLATE_NOOP("words fact", "Tier"),
    "is_valued": QT_TRANSLATE_NOOP("words fact", "High value or regular customer"),
    "has_remark": QT_TRANSLATE_NOOP("words fact", "Customer left a remark"),
    "freight": QT_TRANSLATE_NOOP("words fact", "Freight"),
    "skus": QT_TRANSLATE_NOOP("words fact", "SKU"),
    "prices": QT_TRANSLATE_NOOP("words fact", "Unit prices"),
    "pieces": QT_TRANSLATE_NOOP("words fact", "Pieces"),
    "largest_quantity": QT_TRANSLATE_NOOP("words fact", "Most of one article"),
    "discount_percent": QT_TRANSLATE_NOOP("words fact", "Discount"),
    "has_fresh": QT_TRANSLATE_NOOP("words fact", "Fresh goods"),
    "has_custom": QT_TRANSLATE_NOOP("words fact", "Made to measure"),
    "paid": QT_TRANSLATE_NOOP("words fact", "The shop has it as paid"),
    "paid_at": QT_TRANSLATE_NOOP("words fact", "Paid at"),
    "due_amount": QT_TRANSLATE_NOOP("words fact", "Due"),
    "received": QT_TRANSLATE_NOOP("words fact", "Received"),
    "receipts": QT_TRANSLATE_NOOP("words fact", "Payments received"),
    "receipts_unmatched": QT_TRANSLATE_NOOP("words fact", "Payments the order does not know"),
    "surplus": QT_TRANSLATE_NOOP("words fact", "Received too much"),
    "shortfall": QT_TRANSLATE_NOOP("words fact", "Received too little"),
    "surplus_same_amount": QT_TRANSLATE_NOOP("words fact", "Same amount twice"),
    "minutes_since_received": QT_TRANSLATE_NOOP("words fact", "Last payment"),
    "unpaid_minutes": QT_TRANSLATE_NOOP("words fact", "Unpaid for"),
    "payment_methods": QT_TRANSLATE_NOOP("words fact", "Paid with"),
    "payment_references": QT_TRANSLATE_NOOP("words fact", "Payment no."),
    "refunded": QT_TRANSLATE_NOOP("words fact", "Refunded"),
    "lines_short": QT_TRANSLATE_NOOP("words fact", "Lines short of goods"),
    "lines_unreserved": QT_TRANSLATE_NOOP("words fact", "Lines not fully reserved"),
    "skus_short": QT_TRANSLATE_NOOP("words fact", "Short of"),
    "stock_available_min": QT_TRANSLATE_NOOP("words fact", "Least stock"),
    "stock_counted_min": QT_TRANSLATE_NOOP("words fact", "Least stock counted"),
    "stock_differs": QT_TRANSLATE_NOOP("words fact", "Count differs from the system"),
    "packed": QT_TRANSLATE_NOOP("words fact", "Packed"),
    "shipped": QT_TRANSLATE_NOOP("words fact", "Shipped"),
    "signed": QT_TRANSLATE_NOOP("words fact", "Signed for"),
    "wave_at": QT_TRANSLATE_NOOP("words fact", "Ship wave"),
    "parcels": QT_TRANSLATE_NOOP("words fact", "Parcels"),
    "carriers": QT_TRANSLATE_NOOP("words fact", "Carrier"),
    "trackings": QT_TRANSLATE_NOOP("words fact", "Tracking no."),
    "parcel_hours_silent": QT_TRANSLATE_NOOP("words fact", "No scan for"),
    "parcel_late_hours": QT_TRANSLATE_NOOP("words fact", "Late by"),
    "parcel_due_at": QT_TRANSLATE_NOOP("words fact", "Carrier said"),
    "parcel_last_code": QT_TRANSLATE_NOOP("words fact", "Last scan"),
    "parcel_last_at": QT_TRANSLATE_NOOP("words fact", "Last scan at"),
    "parcel_last_place": QT_TRANSLATE_NOOP("words fact", "Last seen in"),
    "parcel_scans": QT_TRANSLATE_NOOP("words fact", "Scans"),
    "parcel_out_for_delivery": QT_TRANSLATE_NOOP("words fact", "Out for delivery"),
    "parcel_lost": QT_TRANSLATE_NOOP("words fact", "Carrier says lost"),
    "parcel_harmed": QT_TRANSLATE_NOOP("words fact", "Carrier says lost or damaged"),
    "parcel_damaged": QT_TRANSLATE_NOOP("words fact", "Carrier says damaged"),
    "parcel_moves_elsewhere": QT_TRANSLATE_NOOP("words fact", "Moves by another source"),
    "refused": QT_TRANSLATE_NOOP("words fact", "Customer refused it"),
    "contact_bad_phone": QT_TRANSLATE_NOOP("words fact", "Phone cannot be right"),
    "contact_bad_address": QT_TRANSLATE_NOOP("words fact", "Address cannot be right"),
    "blocked": QT_TRANSLATE_NOOP("words fact", "Customer blocked"),
    "systems": QT_TRANSLATE_NOOP("words fact", "Systems that told"),
    "systems_said": QT_TRANSLATE_NOOP("words fact", "They say"),
    "systems_differ": QT_TRANSLATE_NOOP("words fact", "Systems differ"),
    "systems_lag_minutes": QT_TRANSLATE_NOOP("words fact", "Apart by"),
    "channel": QT_TRANSLATE_NOOP("words fact", "Came by"),
    "manner": QT_TRANSLATE_NOOP("words fact", "Order"),
    "chased": QT_TRANSLATE_NOOP("words fact", "Asked again"),
    "ticket_minutes": QT_TRANSLATE_NOOP("words fact", "Open for"),
    "finding": QT_TRANSLATE_NOOP("words fact", "Found by"),
    "finding_gone": QT_TRANSLATE_NOOP("words fact", "No longer so"),
    "tasks_open": QT_TRANSLATE_NOOP("words fact", "Tasks under way"),
    "tasks_done": QT_TRANSLATE_NOOP("words fact", "Tasks done"),
    "tasks_declined": QT_TRANSLATE_NOOP("words fact", "Tasks that cannot be done"),
}
YES_NO: Mapping[str, object] = {
    "yes": QT_TRANSLATE_NOOP("words yes_no", "yes"),
    "no": QT_TRANSLATE_NOOP("words yes_no", "no"),
    "unknown": QT_TRANSLATE_NOOP("words yes_no", "not known"),
}
DURATION: Mapping[str, object] = {
    "minutes": QT_TRANSLATE_NOOP("words duration", "{value} min"),
    "hours": QT_TRANSLATE_NOOP("words duration", "{value} h"),
    "days": QT_TRANSLATE_NOOP("words duration", "{value} days"),
}
INPUT: Mapping[str, object] = {
    "amount": QT_TRANSLATE_NOOP("words input", "Amount"),
    "date": QT_TRANSLATE_NOOP("words input", "Date"),
    "lines": QT_TRANSLATE_NOOP("words input", "Lines"),
    "name": QT_TRANSLATE_NOOP("words input", "Name"),
    "phone": QT_TRANSLATE_NOOP("words input", "Phone"),
    "address": QT_TRANSLATE_NOOP("words input", "Address"),
    "city": QT_TRANSLATE_NOOP("words input", "City"),
    "words": QT_TRANSLATE_NOOP("words input", "Words"),
    "eta": QT_TRANSLATE_NOOP("words input", "Expected by"),
    "fee": QT_TRANSLATE_NOOP("words input", "Agreed extra cost"),
    "source": QT_TRANSLATE_NOOP("words input", "Stock from"),
    "article": QT_TRANSLATE_NOOP("words input", "Article sent instead"),
    "method": QT_TRANSLATE_NOOP("words input", "Other way to pay"),
    "reference": QT_TRANSLATE_NOOP("words input", "Number there"),
}
INPUT_FAULT: Mapping[str, object] = {
    "missing": QT_TRANSLATE_NOOP("words input_fault", "{name}: missing"),
    "date": QT_TRANSLATE_NOOP("words input_fault", "{name}: a day like 2026-11-30"),
    "past": QT_TRANSLATE_NOOP("words input_fault", "{name}: not a day that is over"),
    "amount": QT_TRANSLATE_NOOP("words input_fault", "{name}: an amount like 12.50"),
    "phone": QT_TRANSLATE_NOOP("words input_fault", "{name}: this is no phone number"),
    "address": QT_TRANSLATE_NOOP("words input_fault", "{name}: street and house number are needed"),
    "lines": QT_TRANSLATE_NOOP("words input_fault", "{name}: pick at least one"),
}
SYSTEM: Mapping[str, object] = {
    "shop": QT_TRANSLATE_NOOP("words system", "Shop"),
    "erp": QT_TRANSLATE_NOOP("words system", "ERP"),
    "wms": QT_TRANSLATE_NOOP("words system", "WMS"),
    "crm": QT_TRANSLATE_NOOP("words system", "CRM"),
}
CAME_TO: Mapping[str, object] = {
    "creation": QT_TRANSLATE_NOOP("words came_to", "creation"),
    "payment": QT_TRANSLATE_NOOP("words came_to", "payment"),
    "stock": QT_TRANSLATE_NOOP("words came_to", "stock"),
    "shipping": QT_TRANSLATE_NOOP("words came_to", "shipping"),
    "logistics": QT_TRANSLATE_NOOP("words came_to", "logistics"),
    "signing": QT_TRANSLATE_NOOP("words came_to", "signing"),
}
CONTACT_FLAG: Mapping[str, object] = {
    "phone_missing": QT_TRANSLATE_NOOP("words contact_flag", "no phone number"),
    "phone_malformed": QT_TRANSLATE_NOOP("words contact_flag", "phone number cannot be right"),
    "phone_made_up": QT_TRANSLATE_NOOP("words contact_flag", "phone number looks made up"),
    "address_missing": QT_TRANSLATE_NOOP("words contact_flag", "no address"),
    "address_short": QT_TRANSLATE_NOOP("words contact_flag", "address too short"),
    "address_no_street": QT_TRANSLATE_NOOP("words contact_flag", "address without street"),
    "address_no_door": QT_TRANSLATE_NOOP("words contact_flag", "address without house number"),
    "address_made_up": QT_TRANSLATE_NOOP("words contact_flag", "address looks made up"),
}
RULE: Mapping[str, object] = {}
SAW: Mapping[str, object] = {}

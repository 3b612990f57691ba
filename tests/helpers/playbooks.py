"""A small playbook in a file, for tests that add one, spoil it and read what is said of it."""

from __future__ import annotations

MELTED = """
type = "logistics"
key = "melted"
names = { zh = "融化", en = "Melted" }
row = 0
owner = "logistics"
causes = ["weather"]

[[checks]]
key = "is_fresh"
names = { zh = "是冷链商品吗？", en = "Are the goods kept cold?" }
required = true
expects = [{ fact = "has_fresh" }]

[[options]]
key = "refund"
names = { zh = "退款", en = "Refund" }
deeds = [{ do = "refund_parcel" }, { do = "task", item = "carrier_claim" }]
gives = ["coupon_10"]
template = "melted_refunded"
outcome = "refunded"

[[templates]]
key = "melted_refunded"
names = { zh = "已退款", en = "Refunded" }
acts = ["solution"]
[templates.texts]
zh = "{customer}，{refund}已经退回。"
en = "{customer}, {refund} is on its way back."
"""

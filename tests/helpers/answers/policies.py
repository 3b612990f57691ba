"""Policies that differ in what answers hang on: caps and holes in them, windows, claims, connectors, approvers."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace

from desk.domain.ledger import EffectKind
from desk.domain.people import Level
from desk.domain.policy import Abilities, CompensationPolicy, LevelCaps, Policy
from desk.domain.tickets import Channel
from tests.helpers.answers.odd_options import with_odd_options

_ALL_EFFECTS = frozenset(EffectKind)
_MONEY = frozenset({EffectKind.REFUND, EffectKind.RELEASE_STOCK, EffectKind.STOP_SHIPMENT})
MIRROR = Abilities(performs=_ALL_EFFECTS, cancel_covers=_MONEY, repeatable=frozenset({EffectKind.ISSUE_COUPON}))


def variant(seed: Policy, index: int) -> Policy:
    """Policy number `index`; 0 is the seed with one more connector and one more kind of trouble."""
    channels = {**seed.tickets.channels}
    channels[Channel.HOTLINE] = replace(channels[Channel.HOTLINE], calendar=True)
    tickets = replace(seed.tickets, channels=channels)
    base = with_odd_options(replace(seed, tickets=tickets, connectors={**seed.connectors, "mirror": MIRROR}))
    return (lambda policy: policy, _tight, _with_holes, _other_ways)[index % 4](base)


def _tight(policy: Policy) -> Policy:
    """Everything runs out soon."""
    return replace(
        policy,
        compensation=_scaled(policy.compensation, 1, 4),
        tickets=replace(policy.tickets, claim_minutes=6),
        approvals=replace(policy.approvals, expire_minutes=4),
        scope=replace(policy.scope, archived_days=0),
        restitution=replace(policy.restitution, expired_coupon="lapse", take_back_points_earned=False),
        cancellation=replace(
            policy.cancellation,
            review_levels=frozenset({Level.SENIOR, Level.SUPERVISOR}),
            waves=("10:00", "12:00", "14:00", "16:00", "18:00"),
            closed_before_wave_minutes=45,
        ),
    )


def _with_holes(policy: Policy) -> Policy:
    """Caps that nobody stated, a ladder without its first step, offers that are gone, and playbooks with them."""
    rules = policy.compensation
    bare = [
        replace(kind, subtypes=tuple(replace(one, checks=(), options=()) for one in kind.subtypes))
        for kind in policy.exceptions
    ]
    agents = {currency: caps for currency, caps in rules.levels[Level.AGENT].items() if currency != "USD"}
    return replace(
        policy,
        compensation=replace(
            rules,
            order_cap=_without(rules.order_cap, "JPY"),
            store_day_cap=_without(rules.store_day_cap, "CNY"),
            levels={**rules.levels, Level.AGENT: agents},
            offers=tuple(offer for offer in rules.offers if offer.kind != "gift"),
            points_per_minor_unit={**rules.points_per_minor_unit, "CNY": 3},
        ),
        approvals=replace(policy.approvals, ladder=(Level.SUPERVISOR, Level.MANAGER)),
        cancellation=replace(policy.cancellation, fresh_closed_after_wave=False, intercept_cost={"CNY": 900}),
        tiers=policy.tiers[2:],
        exceptions=tuple(bare),
    )


def _other_ways(policy: Policy) -> Policy:
    """Wider caps, other clocks, a shop that does nothing by itself."""
    rules = policy.compensation
    channels = {key: replace(one, calendar=not one.calendar) for key, one in policy.tickets.channels.items()}
    return replace(
        policy,
        compensation=replace(_scaled(rules, 5, 2), customer_period_days=7),
        tickets=replace(policy.tickets, claim_minutes=120, channels=channels, progress_update_minutes=20),
        connectors={**policy.connectors, "shop": Abilities()},
        effect_teams={**policy.effect_teams, "refund": "hotline", "issue_coupon": "finance"},
        permissions={**policy.permissions, Level.COUNTER: policy.permissions[Level.COUNTER] - {"CancelOrder"}},
    )


def _scaled(rules: CompensationPolicy, by: int, over: int) -> CompensationPolicy:
    def all_of(caps: Mapping[str, int]) -> dict[str, int]:
        return {currency: cap * by // over for currency, cap in caps.items()}

    def level(caps: LevelCaps) -> LevelCaps:
        return LevelCaps(
            per_grant=caps.per_grant * by // over,
            per_day=caps.per_day * by // over,
            approve=caps.approve * by // over,
        )

    return replace(
        rules,
        order_cap=all_of(rules.order_cap),
        customer_cap=all_of(rules.customer_cap),
        store_day_cap=all_of(rules.store_day_cap),
        levels={name: {cur: level(caps) for cur, caps in table.items()} for name, table in rules.levels.items()},
    )


def _without(caps: Mapping[str, int], currency: str) -> dict[str, int]:
    return {key: cap for key, cap in caps.items() if key != currency}


def other_offer(rng: random.Random, policy: Policy) -> Policy:
    """The same policy with a small change: what an administrator publishes in the middle of a day."""
    caps = policy.compensation.order_cap
    return replace(
        policy,
        compensation=replace(
            policy.compensation, order_cap={currency: cap - rng.randrange(50) for currency, cap in caps.items()}
        ),
    )

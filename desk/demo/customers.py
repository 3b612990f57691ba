"""Made-up customers: plausible names, phones, cities and addresses, one seed for each."""

from __future__ import annotations

import random
from dataclasses import dataclass

from desk.demo.data import City, names, places
from desk.domain.ids import derived_id

FOREIGN_SHARE = 0.03
DOUBLE_SURNAME_SHARE = 0.02
TIERS = ("new", "regular", "silver", "gold", "vip")
_TIER_WEIGHTS = (15, 55, 18, 9, 3)
# Real network codes with a subscriber range that starts 00: looks right, and nobody is ever called from here.
_PHONE_PREFIXES = ("130", "132", "135", "136", "137", "138", "139", "150", "158", "177", "186", "188", "189", "199")
_TITLES = {"zh": {"f": "女士", "m": "先生"}}


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer of the shop; `weight` is how often this one buys."""

    id: str
    name: str
    title: str
    phone: str
    city: City
    address: str
    tier: str
    weight: int

    def contact(self) -> dict[str, str]:
        """The private values as an order's source tells them."""
        return {
            "name": self.name,
            "title": self.title,
            "phone": self.phone,
            "city": self.city.name,
            "address": self.address,
        }


def make_customer(seed: int, index: int) -> Customer:
    """Customer number `index` of the shop with this seed: always the same one."""
    rng = random.Random(f"{seed}/customer/{index}")
    name, title = _name(rng)
    city = rng.choices(places().cities, [city.weight for city in places().cities])[0]
    tier = rng.choices(TIERS, _TIER_WEIGHTS)[0]
    return Customer(
        id=derived_id("demo-customer", str(seed), str(index)),
        name=name,
        title=title,
        phone=f"+86{rng.choice(_PHONE_PREFIXES)}00{rng.randrange(1_000_000):06d}",
        city=city,
        address=_address(rng, city),
        tier=tier,
        weight=rng.choice((1, 1, 1, 2, 3)) + 2 * TIERS.index(tier),
    )


def _name(rng: random.Random) -> tuple[str, str]:
    if rng.random() < FOREIGN_SHARE:
        stranger = rng.choice(names()["foreign"])
        return stranger["name"], stranger["title"]
    sex = rng.choice("fm")
    surnames = names()["surnames"]
    # The list runs from the most common on: squaring a uniform draw makes 王, 李, 张 as frequent as they are.
    surname = surnames[int(len(surnames) * rng.random() ** 2)]
    if rng.random() < DOUBLE_SURNAME_SHARE:
        surname = rng.choice(names()["double_surnames"])
    return surname + rng.choice(names()["women" if sex == "f" else "men"]), _TITLES["zh"][sex]


def _address(rng: random.Random, city: City) -> str:
    district = rng.choice(city.districts)
    street = f"{rng.choice(places().streets)}{rng.randint(1, 899)}号"
    building = f"{rng.choice(places().estates)}{rng.randint(1, 28)}幢{rng.randint(1, 3)}单元"
    door = f"{rng.randint(1, 26)}0{rng.randint(1, 4)}室"
    return f"{city.province}{city.name}市{district}{street}{building}{door}"

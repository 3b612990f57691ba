"""The made-up shop's data from resources/demo as typed values: products, places, names, people."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta, timezone
from functools import cache
from typing import Any

from desk.domain.money import from_decimal
from desk.domain.orders import GoodsFlag
from desk.domain.people import Level
from desk.resources_path import resource

# The shop and all its customers live on one clock; China keeps no summer time.
SHOP_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
CURRENCY = "CNY"
SHOP = "云集优品"


@dataclass(frozen=True, slots=True)
class Product:
    """Something sold; `price` in minor units, `stock` pieces on the shelf, `weight` how often it is bought."""

    sku: str
    title: str
    price: int
    category: str
    weight: int
    stock: int
    flags: frozenset[GoodsFlag]


@dataclass(frozen=True, slots=True)
class City:
    """A city: `days` is how long a parcel usually travels there."""

    name: str
    province: str
    weight: int
    days: int
    districts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Carrier:
    """A carrier and how its tracking numbers look."""

    key: str
    name: str
    prefix: str
    digits: int
    weight: int


@dataclass(frozen=True, slots=True)
class Places:
    """Cities with what an address and a trace are made of."""

    cities: tuple[City, ...]
    streets: tuple[str, ...]
    estates: tuple[str, ...]
    depots: tuple[str, ...]
    carriers: tuple[Carrier, ...]
    local_carrier: Carrier


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in on the demo; the password is part of the made-up world, not a secret."""

    login: str
    name: str
    level: Level
    teams: tuple[str, ...]
    store_id: str | None

    @property
    def password(self) -> str:
        """The same rule for everybody, shown on the sign-in screen."""
        return f"demo-{self.login}"


def read(name: str) -> dict[str, Any]:
    """One file of resources/demo."""
    with resource("demo", f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def _products(rows: list[dict[str, Any]]) -> tuple[Product, ...]:
    return tuple(
        Product(
            sku=row["sku"],
            title=row["title"],
            price=from_decimal(row["price"], CURRENCY).amount,
            category=row["category"],
            weight=row["weight"],
            stock=row["stock"],
            flags=frozenset(GoodsFlag(flag) for flag in row.get("flags", ())),
        )
        for row in rows
    )


@cache
def catalogue() -> tuple[Product, ...]:
    """Everything on sale."""
    return _products(read("catalogue")["products"])


@cache
def gifts() -> tuple[Product, ...]:
    """What is added for nothing above a threshold."""
    return _products(read("catalogue")["gifts"])


@cache
def places() -> Places:
    """Where customers live and how parcels go there."""
    data = read("places")
    return Places(
        cities=tuple(City(**{**row, "districts": tuple(row["districts"])}) for row in data["cities"]),
        streets=tuple(data["streets"]),
        estates=tuple(data["estates"]),
        depots=tuple(data["depots"]),
        carriers=tuple(Carrier(**row) for row in data["carriers"]),
        local_carrier=Carrier(**data["local_carrier"]),
    )


@cache
def names() -> dict[str, Any]:
    """Surnames, given names, foreign names and remarks."""
    return read("names")


def demo_people() -> tuple[Person, ...]:
    """Who can sign in on the demo, in the order in which the sign-in screen lists them."""
    return tuple(
        Person(row["login"], row["name"], Level(row["level"]), tuple(row["teams"]), row.get("store"))
        for row in read("people")["people"]
    )

"""Conditions over any number of values in one bound parameter.

The statement stays the same for each length, so databases keep it prepared and nothing is built anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, Dialect, String, Text, bindparam
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _Listed(TypeDecorator[Sequence[Any]]):
    """Texts: an array on PostgreSQL, a JSON list on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        made: TypeEngine[Any] = postgresql.ARRAY(String()) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(made)

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> Any:
        return list(value or ()) if dialect.name == "postgresql" else json.dumps(list(value or ()))


class _Pairs(TypeDecorator[Sequence[Any]]):
    """Pairs of texts, as a JSON list of lists."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Dialect) -> str:
        return json.dumps([list(one) for one in value or ()])


class _Among(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


class _PairAmong(FunctionElement[bool]):
    type = Boolean()
    inherit_cache = True


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """`column` is one of the texts that are bound under `name`."""
    return _Among(column, _bound(name, _Listed()))


def pair_among(first: ColumnElement[Any], second: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """(`first`, `second`) is one of the pairs of texts that are bound under `name`."""
    return _PairAmong(first, second, _bound(name, _Pairs()))


def _bound(name: str, kind: TypeEngine[Any]) -> BindParameter[Any]:
    return bindparam(name, type_=kind)


@compiles(_Among, "postgresql")
def _among_on_postgres(element: _Among, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} = ANY ({values})"


@compiles(_Among, "sqlite")
def _among_on_sqlite(element: _Among, compiler: Any, **kw: Any) -> str:
    column, values = (compiler.process(one, **kw) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - parts that SQLAlchemy compiled


@compiles(_PairAmong, "postgresql")
def _pair_among_on_postgres(element: _PairAmong, compiler: Any, **kw: Any) -> str:
    first, second, pairs = (compiler.process(one, **kw) for one in element.clauses)
    each = f"SELECT pair->>0, pair->>1 FROM jsonb_array_elements(CAST({pairs} AS jsonb)) pair"  # noqa: S608 - as above
    return f"({first}, {second}) IN ({each})"


@compiles(_PairAmong, "sqlite")
def _pair_among_on_sqlite(element: _PairAmong, compiler: Any, **kw: Any) -> str:
    first, second, pairs = (compiler.process(one, **kw) for one in element.clauses)
    each = f"SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each({pairs})"  # noqa: S608 - as above
    return f"({first}, {second}) IN ({each})"

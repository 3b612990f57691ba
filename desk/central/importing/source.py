"""The file as rows of text: encoding found out, CSV or JSONL, rows of one order brought together."""

from __future__ import annotations

import codecs
import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.central.importing.mapping import BadMapping, OrderMapping, clean

Row = Mapping[str, str]
MAX_CELL = 1024 * 1024


@dataclass(frozen=True)
class Numbered:
    """A row with its number in the file, counted as a spreadsheet shows it (CSV: the header is row 1)."""

    number: int
    cells: Row
    broken: str = ""  # a code, where the row could not even be read


@dataclass
class Survey:
    """What a first walk through the file found: enough to bring rows of one order together without holding them all."""

    encoding: str
    checksum: str
    rows: int = 0
    last: dict[str, int] = field(default_factory=dict)  # order number -> how many rows were read with its last one


class OrderFile:
    """An export, walked through from its beginning each time."""

    def __init__(self, path: Path, mapping: OrderMapping) -> None:
        self._path = path
        self._mapping = mapping
        self._source = mapping.source
        self._jsonl = (mapping.source.format or ("jsonl" if path.suffix in {".jsonl", ".ndjson"} else "csv")) == "jsonl"

    def survey(self) -> Survey:
        """Walk through once: encoding, checksum, rows, and where each order ends. BadMapping where columns lack."""
        encoding, checksum = _encoding_and_checksum(self._path)
        survey = Survey(encoding, checksum)
        for row in self._rows(encoding):
            survey.rows += 1
            survey.last[self._number(row)] = survey.rows
        return survey

    def orders(self, survey: Survey) -> Iterator[list[Numbered]]:
        """The rows of each order, in the order in which the orders end; broken rows come alone."""
        open_: dict[str, list[Numbered]] = {}
        for count, row in enumerate(self._rows(survey.encoding), 1):
            number = self._number(row)
            if not number:
                yield [row]
                continue
            open_.setdefault(number, []).append(row)
            if survey.last[number] == count:
                yield open_.pop(number)

    def _number(self, row: Numbered) -> str:
        return "" if row.broken else self._mapping.picks["order", "number"].text(row.cells)

    def _rows(self, encoding: str) -> Iterator[Numbered]:
        yield from self._jsonl_rows(encoding) if self._jsonl else self._csv_rows(encoding)

    def _csv_rows(self, encoding: str) -> Iterator[Numbered]:
        csv.field_size_limit(MAX_CELL)
        with self._path.open(encoding=encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self._source.delimiter)
            try:
                header = [clean(name) for name in next(reader)]
            except StopIteration:
                raise BadMapping("the file is empty") from None
            self._mapping.check_columns(frozenset(header))
            number = 1
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield Numbered(number, {}, "row_unreadable")
                    continue
                if [clean(cell) for cell in cells] == header or not any(map(clean, cells)):
                    continue  # exports glued together, and blank lines
                broken = "" if len(cells) == len(header) else "wrong_number_of_columns"
                yield Numbered(number, dict(zip(header, cells, strict=False)), broken)

    def _jsonl_rows(self, encoding: str) -> Iterator[Numbered]:
        columns: set[str] = set()
        for number, line in self._lines(encoding):
            try:
                data = json.loads(line)
            except (ValueError, RecursionError):
                data = None
            if not isinstance(data, dict):
                yield Numbered(number, {}, "row_unreadable")
                continue
            for cells in self._expanded(data):
                columns |= set(cells)
                yield Numbered(number, cells)
        if columns:
            self._mapping.check_columns(frozenset(columns))

    def _lines(self, encoding: str) -> Iterator[tuple[int, str]]:
        with self._path.open(encoding=encoding) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield number, line

    def _expanded(self, data: dict[str, Any]) -> Iterator[Row]:
        """One row for each member of the list `each`, its own fields under `each.`."""
        members = data.get(self._source.each) if self._source.each else None
        if not isinstance(members, list):
            yield _flat(data)
            return
        rest = _flat({key: value for key, value in data.items() if key != self._source.each})
        for member in members:
            yield {**rest, **_flat({self._source.each: member})}


def _flat(data: Any, path: str = "") -> dict[str, str]:
    if isinstance(data, dict):
        found: dict[str, str] = {}
        for key, value in data.items():
            found |= _flat(value, f"{path}.{key}" if path else str(key))
        return found
    if isinstance(data, list):
        return {path: ",".join(str(member) for member in data)}
    return {path: "" if data is None else str(data)}


def _encoding_and_checksum(path: Path) -> tuple[str, str]:
    """UTF-8 if the whole file is, else GB18030 if the whole file is; BadMapping where it is neither."""
    digest = hashlib.sha256()
    decoders = {name: codecs.getincrementaldecoder(name)() for name in ("utf-8", "gb18030")}
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
            for name, decoder in list(decoders.items()):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError:
                    del decoders[name]
    for name, decoder in list(decoders.items()):
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            del decoders[name]
    if not decoders:
        raise BadMapping(f"{path.name} is neither UTF-8 nor GB18030 text")
    return ("utf-8-sig" if "utf-8" in decoders else "gb18030"), digest.hexdigest()

"""`desk-central adduser`, `password-code`, `add-store`, `enrol-code`, `api-key`: who may come in."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from typing import Any

from desk.central import api_keys, people
from desk.central.cli_common import founded, say
from desk.domain.people import Level


def add_commands(commands: Any) -> None:
    """Add them to the parser."""
    user = commands.add_parser("adduser", help="add or change a person")
    user.add_argument("login")
    user.add_argument("--name", required=True)
    user.add_argument("--level", required=True, choices=[str(one) for one in Level if one is not Level.SYSTEM])
    user.add_argument("--team", action="append", default=[])
    user.add_argument("--store")
    user.add_argument("--language", default="zh", choices=["zh", "en"])
    user.add_argument("--password-stdin", action="store_true", help="read the password from stdin")
    user.set_defaults(run=_adduser)

    code = commands.add_parser("password-code", help="a one-time code for a person who has or knows no password")
    code.add_argument("login")
    code.set_defaults(run=_password_code)

    store = commands.add_parser("add-store", help="add or rename a store")
    store.add_argument("store")
    store.add_argument("--zh", required=True)
    store.add_argument("--en", required=True)
    store.add_argument("--timezone", default="Asia/Shanghai")
    store.set_defaults(run=_add_store)

    code = commands.add_parser("enrol-code", help="a one-time code that enrols a desk")
    code.add_argument("--team", action="append", default=[])
    code.add_argument("--store")
    code.add_argument("--admin", action="store_true", help="the desk also sees the installations")
    code.add_argument("--hours", type=int, default=24)
    code.set_defaults(run=_enrol_code)

    key = commands.add_parser("api-key", help="a key for another system, or the end of one")
    key.add_argument("--name")
    key.add_argument("--for", dest="scopes", action="append", default=[], metavar="orders|requests|parcels|…")
    key.add_argument("--connector", default="manual", help="whose orders it tells")
    key.add_argument("--days", type=int, help="how long it is in force")
    key.add_argument("--revoke", metavar="ID")
    key.set_defaults(run=_api_key)


def _adduser(options: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass()
    person = people.Person(
        login=options.login,
        name=options.name,
        level=Level(options.level),
        password=password,
        teams=tuple(options.team),
        store_id=options.store,
        language=options.language,
    )
    with founded(options) as service:
        people.add_people(service, [person])
    say(f"{options.login} can sign in")
    return 0


def _password_code(options: argparse.Namespace) -> int:
    with founded(options) as service:
        say(service.auth.console_code(options.login))
    return 0


def _add_store(options: argparse.Namespace) -> int:
    with founded(options) as service:
        people.add_store(service, options.store, {"zh": options.zh, "en": options.en}, options.timezone)
    say(f"the store {options.store} is known")
    return 0


def _enrol_code(options: argparse.Namespace) -> int:
    scopes = {f"team:{team}" for team in options.team}
    scopes |= {f"store:{options.store}"} if options.store else set()
    scopes |= {"admin"} if options.admin else set()
    if not scopes:
        raise ValueError("say what the desk is for: --team, --store or --admin")
    with founded(options) as service:
        people.check_scopes(service, scopes)
        say(service.auth.make_code(frozenset(scopes), options.hours))
    return 0


def _api_key(options: argparse.Namespace) -> int:
    with founded(options) as service:
        if options.revoke:
            if not api_keys.revoke_key(service.store, options.revoke):
                raise ValueError("there is no such key in force")
            say("the key is not in force any more")
            return 0
        if not options.name:
            raise ValueError("give the key a --name, or --revoke one")
        key_id, key = api_keys.make_key(service.store, options.name, options.scopes, options.connector, options.days)
    say(json.dumps({"id": key_id, "key": key}))
    return 0

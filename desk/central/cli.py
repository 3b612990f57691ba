"""`desk-central`: found, upgrade, serve and look after a centre from the command line.

Every error is one line that says what to do.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from desk.central import (
    api_keys,
    backup,
    cli_audit,
    cli_data,
    cli_detect,
    cli_people,
    cli_policy,
    founding,
    people,
    schema,
)
from desk.central.cli_common import database_url, folder, opened, say
from desk.central.engine import CannotOpen
from desk.central.filelock import AlreadyRunning, hold
from desk.central.policies import told_problems
from desk.central.problems import Problem
from desk.central.roster import read_roster
from desk.central.service import Service, make_service
from desk.central.serving import Listen, Refused, serve
from desk.connectors.registry import registry_from_file
from desk.wire.codec import ShapeError
from desk.wire.policy_seed import load_seed, load_teams

Command = Callable[[argparse.Namespace], int]
_EXPECTED = (
    CannotOpen,
    AlreadyRunning,
    Refused,
    schema.WrongSchema,
    people.NotDone,
    backup.BadBackup,
    ShapeError,
    ValueError,
    OSError,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it was done, 1 when not, 2 when it was not understood."""
    options = _parser().parse_args(arguments)
    _log_to_stderr(options.verbose)
    command: Command = options.run
    try:
        return command(options)
    except Problem as error:
        return _complain(error.detail or error.code)
    except (SQLAlchemyError, ArgumentError) as error:
        return _complain(f"the database does not answer as it should ({_first_line(error)})")
    except _EXPECTED as error:
        return _complain(_first_line(error))
    except KeyboardInterrupt:
        return _complain("stopped")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="desk-central", description="The centre of Order Desk.")
    parser.add_argument("--verbose", action="store_true", help="log every request")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--data", type=Path, help="folder of a SQLite centre (default: ./.data/centre)")
    where.add_argument("--database-url", help="postgresql://… (or DESK_DATABASE_URL)")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_founding(commands)
    _add_serve(commands)
    cli_people.add_commands(commands)
    cli_data.add_commands(commands)
    cli_policy.add_commands(commands)
    cli_audit.add_commands(commands)
    cli_detect.add_commands(commands)
    return parser


# --- init, upgrade ---------------------------------------------------------------------------------------------------


def _add_founding(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="make an empty database a centre")
    _add_roster(init)
    init.set_defaults(run=_init)
    commands.add_parser("upgrade", help="bring a database to this version").set_defaults(run=_upgrade)


def _add_roster(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="made-up people; never served beyond this machine")
    parser.add_argument("--people", type=Path, help="a TOML file of stores and people to begin with")


def _init(options: argparse.Namespace) -> int:
    with opened(options) as engine:
        is_new = _found(engine, options)
    say("the centre is founded" if is_new else "the centre was founded before: nothing to do")
    return 0


def _found(engine: Engine, options: argparse.Namespace) -> bool:
    """Found an empty database, with the people of the roster; whether it was empty."""
    roster = read_roster(options.people, demo=options.demo) if options.people else None
    wrong = told_problems(load_seed(), {team.id for team in load_teams()})
    if wrong:
        raise ValueError(f"resources: {wrong[0]}")
    if not founding.init(engine, demo=options.demo):
        return False
    if roster is not None:
        service = make_service(engine, folder(options) / "snapshots")
        try:
            for store in roster.stores:
                people.add_store(service, store.id, store.names, store.timezone)
            people.add_people(service, roster.people)
        finally:
            service.close()  # the engine itself goes on: it opens new connections
    return True


def _upgrade(options: argparse.Namespace) -> int:
    with opened(options) as engine:
        schema.upgrade(engine)
    say("the database has the schema of this version")
    return 0


# --- serve -----------------------------------------------------------------------------------------------------------


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("serve", help="answer calls until stopped")
    parser.add_argument("--embedded", action="store_true", help="as the child of a desk: ends when stdin closes")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8800, help="0: any that is free")
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--behind-proxy", action="store_true", help="a proxy in front does TLS")
    parser.add_argument("--connectors", type=Path, help="TOML: the other systems that effects are asked of")
    parser.add_argument("--found", action="store_true", help="embedded: found the data first where there is none")
    parser.add_argument("--code", action="append", default=[], metavar="SCOPES", help="embedded: tell an enrol code")
    parser.add_argument("--key", metavar="CONNECTOR", help="embedded: tell an API key that may tell all of a shop")
    _add_roster(parser)
    parser.set_defaults(run=_serve)


def _serve(options: argparse.Namespace) -> int:
    if options.embedded and options.host != "127.0.0.1":
        raise Refused("an embedded centre listens on 127.0.0.1 only")
    listen = Listen(
        host=options.host,
        port=options.port,
        tls_cert=options.tls_cert,
        tls_key=options.tls_key,
        behind_proxy=options.behind_proxy,
    )
    with contextlib.ExitStack() as held:
        if not database_url(options):
            held.enter_context(hold(folder(options) / "centre.lock"))
        engine = held.enter_context(opened(options))
        if options.found and options.embedded:
            _found(engine, options)
        service = make_service(
            engine,
            folder(options) / "snapshots",
            metrics_token=os.environ.get("DESK_METRICS_TOKEN", ""),
            connectors=registry_from_file(options.connectors) if options.connectors else None,
        )
        serve(service, listen, embedded=options.embedded, handed=_handed(service, options) if options.embedded else {})
    return 0


def _handed(service: Service, options: argparse.Namespace) -> dict[str, Any]:
    """What the parent of an embedded centre asked to be told: codes by their scopes, a key for the shop."""
    for scopes in options.code:
        people.check_scopes(service, scopes.split(","))
    codes = {scopes: service.auth.make_code(frozenset(scopes.split(",")), 24) for scopes in options.code}
    handed: dict[str, Any] = {"codes": codes} if codes else {}
    if options.key:
        _, handed["key"] = api_keys.make_key(service.store, options.key, list(api_keys.SCOPES), options.key, None)
    return handed


# --- what they share -------------------------------------------------------------------------------------------------


def _log_to_stderr(verbose: bool) -> None:
    level = logging.INFO if verbose else logging.WARNING
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _complain(text: str) -> int:
    print(f"desk-central: {text}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

"""`desk-central policy show | check | publish | history`: the policy in force, out to a file and back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from desk.central import policies
from desk.central.cli_common import founded, say
from desk.domain.policy import Policy
from desk.wire import codec


def add_commands(commands: Any) -> None:
    """Add it to the parser."""
    acts = commands.add_parser("policy", help="see, check and publish the policy").add_subparsers(
        required=True, metavar="show|check|publish|history"
    )
    show = acts.add_parser("show", help="the policy in force as JSON: the file to start from")
    show.add_argument("--version", type=int, help="an older one")
    show.set_defaults(run=_show)

    check = acts.add_parser("check", help="what is wrong with a file, and what it would change")
    check.add_argument("file", type=Path)
    check.set_defaults(run=_check)

    publish = acts.add_parser("publish", help="put a file in force")
    publish.add_argument("file", type=Path)
    publish.add_argument("--reason", required=True, help="why; kept with the version, without anybody's name")
    publish.add_argument("--by", required=True, metavar="LOGIN", help="the administrator who does so")
    publish.set_defaults(run=_publish)

    acts.add_parser("history", help="every version: when, by whom, why").set_defaults(run=_history)


def _show(options: argparse.Namespace) -> int:
    with founded(options) as service:
        if options.version is None:
            policy = policies.in_force(service)
        else:
            with service.store.reading() as connection:
                policy = policies.of_version(service, connection, options.version)
    say(json.dumps(codec.to_plain(policy), ensure_ascii=False, indent=2))
    return 0


def _check(options: argparse.Namespace) -> int:
    policy = policies.read_file(options.file)
    with founded(options) as service:
        found, now = policies.problems(service, policy), policies.in_force(service)
    if found:
        return _told(found)
    _tell_differences(now, policy)
    if policy.version != now.version:
        say(f"made from version {policy.version}, version {now.version} is in force: publish would refuse it")
        return 1
    say("it may be published")
    return 0


def _publish(options: argparse.Namespace) -> int:
    if not options.reason.strip():
        raise ValueError("say why: --reason")
    policy = policies.read_file(options.file)
    with founded(options) as service:
        found, now = policies.problems(service, policy), policies.in_force(service)
        if found:
            return _told(found)
        version = policies.publish(service, policy, options.by, options.reason)
    _tell_differences(now, policy)
    say(f"version {version} is in force")
    return 0


def _history(options: argparse.Namespace) -> int:
    with founded(options) as service:
        for one in policies.history(service):
            say(f"{one.version}\t{one.at.isoformat(timespec='seconds')}\t{one.by}\t{one.reason}")
    return 0


def _told(found: list[str]) -> int:
    for line in found:
        say(line)
    say(f"{len(found)} faults: nothing was changed")
    return 1


def _tell_differences(before: Policy, after: Policy) -> None:
    for line in policies.differences(before, after) or ["nothing differs from the policy in force"]:
        say(line)

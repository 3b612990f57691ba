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
from desk.wire.playbook_files import Playbook, read_playbook
from desk.wire.policy_seed import load_seed, load_teams


def add_commands(commands: Any) -> None:
    """Add it to the parser."""
    acts = commands.add_parser("policy", help="see, check and publish the policy").add_subparsers(
        required=True, metavar="show|check|publish|history"
    )
    show = acts.add_parser("show", help="the policy in force as JSON: the file to start from")
    show.add_argument("--version", type=int, help="an older one")
    show.set_defaults(run=_show)

    check = acts.add_parser("check", help="what is wrong with a file, and what it would change")
    _add_files(check)
    check.add_argument("--seed", action="store_true", help="playbooks against the seed: no centre is needed")
    check.set_defaults(run=_check)

    publish = acts.add_parser("publish", help="put a file in force")
    _add_files(publish)
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


def _add_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="?", help="a whole policy as `show` writes it")
    parser.add_argument(
        "--playbook",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="a playbook (TOML) put into that policy, or into the one in force; may be said again",
    )


def _check(options: argparse.Namespace) -> int:
    playbooks = _playbooks(options)
    if options.seed:
        policy = policies.with_playbooks(load_seed(), playbooks)
        found = policies.told_problems(policy, {team.id for team in load_teams()}, playbooks)
        return _told(found) if found else _fits(playbooks)
    given = policies.read_file(options.file) if options.file else None
    with founded(options) as service:
        now = policies.in_force(service)
        policy = policies.with_playbooks(given or now, playbooks)
        found = policies.problems(service, policy, playbooks)
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
    playbooks = _playbooks(options)
    given = policies.read_file(options.file) if options.file else None
    with founded(options) as service:
        now = policies.in_force(service)
        policy = policies.with_playbooks(given or now, playbooks)
        found = policies.problems(service, policy, playbooks)
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


def _playbooks(options: argparse.Namespace) -> tuple[Playbook, ...]:
    if not (options.file or options.playbook):
        raise ValueError("name a policy file, or playbooks with --playbook")
    return tuple(read_playbook(path) for path in options.playbook)


def _fits(playbooks: tuple[Playbook, ...]) -> int:
    for playbook in playbooks:
        own = playbook.subtype
        parts = f"{len(own.checks)} checks, {len(own.options)} options, {len(playbook.templates)} templates"
        say(f"{playbook.file}: {own.names['zh']} / {own.names['en']}: {parts}")
    say("it may be published")
    return 0


def _told(found: list[str]) -> int:
    for line in found:
        say(line)
    say(f"{len(found)} faults: nothing was changed")
    return 1


def _tell_differences(before: Policy, after: Policy) -> None:
    for line in policies.differences(before, after) or ["nothing differs from the policy in force"]:
        say(line)

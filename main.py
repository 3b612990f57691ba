"""Order Desk, the workstation: parse the command line, hand over to desk.bootstrap."""

from __future__ import annotations

import gc
import os
import sys


def main(arguments: list[str]) -> int:
    """Open the desk; without a screen play the tour."""
    gc.disable()  # what is imported stays: looking through it again and again would be for nothing
    import desk.before_qt  # noqa: F401 - first, as it says
    from desk import bootstrap

    gc.freeze()
    gc.enable()
    options = bootstrap.parse(arguments)
    if options.demo_reset:
        return bootstrap.reset(options)
    if options.tour or not (options.control or has_screen()):
        from desk.tour.play import play

        return play(options.data)
    if options.control:
        from desk.tour.control import follow
        from desk.tour.robot import Robot

        return bootstrap.run(options, lambda window, leave: follow(Robot(), leave))
    return bootstrap.run(options)


def has_screen() -> bool:
    """Whether a window can be seen by anybody."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

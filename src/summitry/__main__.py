"""`summitry` and `python -m summitry` are the command line. Nothing is imported before Ctrl-C is waited for."""

import sys


def main() -> None:
    """Run the command line; an interruption, however early, ends it as the shell expects and without a word."""
    try:
        from summitry.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":  # a process that helps with the drawing loads this module under another name
    main()

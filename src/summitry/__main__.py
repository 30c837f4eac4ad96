"""`python -m summitry` is the command line."""

from summitry.cli import main

if __name__ == "__main__":  # a process that helps with the drawing loads this module under another name
    main()

"""Lets ``python -m trial_catalog`` run the commands."""

from trial_catalog.command import main

if __name__ == "__main__":
    main()

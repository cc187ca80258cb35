"""Lets ``python -m generator`` stand for ``trial-catalog``."""

from generator.cli import main

if __name__ == "__main__":
    main(prog_name="trial-catalog")

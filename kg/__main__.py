"""``python -m kg``."""

from kg.cli.app import run

if __name__ == "__main__":
    run()

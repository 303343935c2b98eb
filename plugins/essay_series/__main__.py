"""``python -m`` this package is the program ``essays``."""

from __future__ import annotations

from .extras import demand


def main() -> None:
    """Run the program; end with the command that installs what it needs, where that is missing."""
    demand("site", "The commands")
    from .cli.app import main as run  # noqa: PLC0415 - it needs what `demand` asks for

    run()


if __name__ == "__main__":
    main()

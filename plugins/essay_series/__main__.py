"""Runs the program ``essays`` with ``python -m``."""

from __future__ import annotations

from .extras import require


def main() -> None:
    """Run the program; if dependencies are missing, exit with the command that installs them."""
    require("site", "The commands")
    from .cli.app import main as run  # noqa: PLC0415 - it needs what `require` asks for

    run()


if __name__ == "__main__":
    main()

"""Run the command line with ``python -m assistant``."""

import sys

from assistant.cli.main import main

if __name__ == "__main__":
    sys.exit(main())

"""Entry point of `python -m sandbox`."""

import sys
from functools import partial

from sandbox.command_line import main

if __name__ == "__main__":
    sys.exit(main(None, partial(print, flush=True)))

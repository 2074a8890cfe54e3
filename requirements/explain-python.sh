#!/bin/sh
# Says in plain sentences why no virtual environment could be made. `sh explain-python.sh [the python that was tried]`
# Prints to standard error; the Makefile stops afterwards.
python=${1:-python3}
exec >&2
if ! command -v "$python" >/dev/null 2>&1; then
  echo "Muster needs Python 3.11 or newer, and there is no '$python' here."
  echo "Debian, Ubuntu: apt install python3 python3-venv"
elif ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Muster needs Python 3.11 or newer; '$python' is $("$python" -c 'import platform; print(platform.python_version())')."
  echo "If a newer one is installed: make PYTHON=/path/to/it run"
elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  echo "This Python lacks the part that makes virtual environments."
  echo "Debian, Ubuntu: apt install python3-venv"
else
  echo "'$python' could not make a virtual environment in .venv here (see above). Is the disk full, or the folder read-only?"
fi

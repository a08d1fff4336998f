#!/bin/sh
# Make the environment of the Makefile: environment.sh VENV REQUIREMENT. One line says what to do if it cannot.
set -u
venv=$1
wanted=$2

fail() {
    echo "make: $1" >&2
    exit 2
}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for name in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python; do
        if new_enough "$name"; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

if [ -e "$venv" ] && [ ! -x "$venv/bin/python" ]; then
    fail "$venv exists and is no Python environment; remove it, or name another: make VENV=DIR ..."
fi
if [ ! -e "$venv" ]; then
    python=$(find_python) || fail "Python 3.11 or newer is needed; install it, or name it: make PYTHON=/path/to/python3 ..."
    "$python" -c 'import venv, ensurepip' >/dev/null 2>&1 ||
        fail "this Python has no venv module; install it (Debian, Ubuntu: apt install python3-venv) and call make again"
    "$python" -m venv "$venv" || fail "cannot make the environment $venv; see the lines above"
elif ! new_enough "$venv/bin/python"; then
    fail "$venv holds a Python older than 3.11; remove it (make purge), or name another: make VENV=DIR ..."
fi

# pip's own configuration stays in force: a mirror that the user has set is used.
log=$venv/install.log
if ! PIP_CONSTRAINT="$PWD/constraints.txt" PIP_DISABLE_PIP_VERSION_CHECK=1 \
    "$venv/bin/python" -m pip install --quiet --editable "$wanted" >"$log" 2>&1; then
    tail -n 5 "$log" >&2
    fail "cannot install the dependencies (no network, or a mirror without them?); log: $log; your mirror: pip config set global.index-url URL"
fi

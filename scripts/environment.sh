#!/bin/sh
# Makes .venv with exactly what a lock file lists, and the project itself in it.
#
#   scripts/environment.sh LOCKFILE
#
# Works on a machine that has Python 3.11 or newer and nothing else.  PYTHON names the Python to use; without it, the
# first fitting one on the PATH is taken.  A Python without ensurepip (as Debian splits it) is helped by virtualenv
# where that is installed, else by Debian's package where we may install it, else by a message that names the package.
set -eu

lock=$1
venv=.venv
fits='import sys; sys.exit(sys.version_info < (3, 11))'
has_pip='import ensurepip, venv'

say() { printf '%s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$@" >&2
  exit 1
}

# All Pythons of the right age, one a line.  Each is run, not only looked for: a version manager's shim may be empty.
pythons() {
  for name in ${PYTHON:-python3.14 python3.13 python3.12 python3.11 python3 python}; do
    path=$(command -v "$name" 2>/dev/null) || continue
    if "$path" -c "$fits" >/dev/null 2>&1; then say "$path"; fi
  done
}

# Prints the first Python that can run the statement.
first_that_runs() {
  say "$found" | while read -r path; do
    if "$path" -c "$1" >/dev/null 2>&1; then
      say "$path"
      break
    fi
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install_packages() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; }
}

make_venv() {
  found=$(pythons)
  if [ -z "$found" ]; then
    if [ -n "${PYTHON:-}" ]; then
      fail "PYTHON=$PYTHON is not Python 3.11 or newer"
    fi
    fail "no Python 3.11 or newer on the PATH" \
      "install one (Debian, Ubuntu: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12"
  fi
  rm -rf "$venv"

  python=$(first_that_runs "$has_pip")
  if [ -n "$python" ]; then
    say "Making $venv with $("$python" --version) ($python)"
    "$python" -m venv "$venv"
    return
  fi

  python=$(first_that_runs 'import virtualenv')
  if [ -n "$python" ]; then
    say "Making $venv with virtualenv, as no Python here has ensurepip ($python)"
    "$python" -m virtualenv --quiet "$venv"
    return
  fi
  python=$(say "$found" | head -n 1)
  if command -v virtualenv >/dev/null 2>&1; then
    say "Making $venv with virtualenv, as no Python here has ensurepip ($python)"
    virtualenv --quiet --python "$python" "$venv"
    return
  fi

  package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
  if may_install_packages; then
    say "$python cannot make a virtual environment: installing the system's package $package"
    as_root apt-get update -qq || say "apt-get update failed; trying with the package lists as they are"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" </dev/null >/dev/null || true
    if "$python" -c "$has_pip" >/dev/null 2>&1; then
      "$python" -m venv "$venv"
      return
    fi
  fi
  fail "$python cannot make a virtual environment: it has no ensurepip" \
    "install the package for it (Debian, Ubuntu: apt-get install $package), or virtualenv, and run make again"
}

if [ -n "${PYTHON:-}" ] || ! "$venv/bin/python" -c "$fits; import pip" >/dev/null 2>&1; then
  make_venv
fi

# -qq: errors are shown, warnings about how this machine's pip is set up are not.
say "Installing what $lock lists into $venv"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --require-hashes --requirement "$lock"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --no-input --no-deps --no-build-isolation \
  --editable .

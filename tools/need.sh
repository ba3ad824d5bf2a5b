# What the scripts need of the machine: sourced by demo.sh and test.sh. Installs what is missing from Debian's packages,
# and says so; without root, or without the .NET SDK, one clear sentence and the end.

weft_need() { # package:command or package:/file …
  if [ "$(id -u)" != 0 ]; then
    echo "$0: this needs root: it makes network namespaces and installs Debian packages. Run it as root." >&2
    exit 1
  fi
  if ! command -v dotnet >/dev/null 2>&1; then
    echo "$0: the .NET 10 SDK is missing: install it first (https://dot.net, or your distribution's dotnet-sdk-10.0), with 'dotnet' in PATH." >&2
    exit 1
  fi
  local missing=() pair
  for pair in "$@"; do
    # A command in PATH, or a file by its path.
    command -v "${pair#*:}" >/dev/null 2>&1 || [ -f "${pair#*:}" ] || missing+=("${pair%%:*}")
  done
  [ ${#missing[@]} = 0 ] && return 0
  echo "Installing from Debian's packages: ${missing[*]}"
  local log
  log=$(mktemp)
  if ! (
    # Programs are wanted, and none of the services that come with some of them: Debian asks this file before it starts one.
    policy=/usr/sbin/policy-rc.d
    if ! [ -e $policy ]; then
      trap 'rm -f $policy' EXIT
      trap 'exit 130' HUP INT TERM
      printf '#!/bin/sh\nexit 101\n' >$policy && chmod 755 $policy
    fi
    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
  ) >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    echo "$0: apt-get could not install: ${missing[*]}" >&2
    exit 1
  fi
  rm -f "$log"
}

# The programs of a throw-away host, by package.
WEFT_LAB_NEEDS="user-mode-linux:linux.uml iproute2:ip iproute2:bridge kmod:modprobe util-linux:unshare util-linux:setpriv perl-base:perl iputils-ping:ping"

#!/usr/bin/env bash
# Builds everything and runs every test. What needs a kernel runs in the lab: right here where this machine's kernel has
# bonding, 8021q and VLAN filtering, in user-mode Linux elsewhere. Ends with one line: N passed, N failed.
#   ./test.sh          what a change is tried with, in some 27 minutes on two cores
#   ./test.sh --long   random hosts by the thousand on the twin and on the kernel, a hundred random applies beside others: an hour
set -u
cd "$(dirname "$0")" || exit 1
. tools/need.sh
# shellcheck disable=SC2086
weft_need $WEFT_LAB_NEEDS tcpdump:tcpdump strace:strace e2fsprogs:mke2fs ethtool:ethtool jq:jq python3-yaml:/usr/lib/python3/dist-packages/yaml/__init__.py \
  python3-jsonschema:/usr/lib/python3/dist-packages/jsonschema/__init__.py zsh:zsh fish:fish groff-base:groff mandoc:mandoc systemd:systemd-analyze dhcpcd-base:dhcpcd dnsmasq-base:dnsmasq \
  openvswitch-common:ovsdb-server openvswitch-switch:/usr/share/openvswitch/vswitch.ovsschema

limit=3000s
case "${1:-}" in
  "") ;;
  --long) export WEFT_LONG=1 limit=7200s ;;
  *) echo "test.sh: no option $1; there is --long" >&2; exit 64 ;;
esac

started=$SECONDS
./build.sh || exit 1
dotnet build weft.slnx -c Release -v q --nologo -clp:NoSummary -p:RestoreLockedMode=true || exit 1

passed=0 failed=0 skipped=0 names=()
count() { # name, log, exit code
  local line total bad skip
  line=$(grep -aoE 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$2" | tail -n 1)
  if [ -z "$line" ]; then
    echo "$1: ended without a result (exit code $3)"
    tail -n 30 "$2"
    failed=$((failed + 1)) names+=("$1: all of it")
    return
  fi
  read -r total errors bad skip <<<"$(grep -oE '[0-9]+' <<<"$line" | tr '\n' ' ')"
  bad=$((bad + errors))
  passed=$((passed + total - bad - skip)) failed=$((failed + bad)) skipped=$((skipped + skip))
  printf '%-22s %4d passed, %d failed%s (%d s)\n' "$1" $((total - bad - skip)) "$bad" "$([ "$skip" -gt 0 ] && echo ", $skip skipped")" $((SECONDS - began))
  if [ "$bad" -gt 0 ] || [ "$3" != 0 ]; then
    grep -avE '^(xUnit.net|  (Discovering|Discovered|Starting|Finished):)' "$2" | head -n 200
    [ "$bad" -gt 0 ] || { failed=$((failed + 1)) names+=("$1: ended with exit code $3"); }
    mapfile -t -O ${#names[@]} names < <(grep -aE '\[FAIL\]' "$2" | sed 's/^ *//')
  fi
}

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
program() { echo "$PWD/tests/$1/bin/Release/net10.0/$1"; }
run() { # name, command …
  local name=$1
  shift
  began=$SECONDS
  "$@" >"$logs/$name" 2>&1 </dev/null
  count "$name" "$logs/$name" $?
}

run Weft.Tests "$(program Weft.Tests)" -noLogo -noColor
# A million mutations of recorded messages, a minute of them at most.
run Weft.Netlink.Tests env WEFT_FUZZ_MUTATIONS=1000000 "$(program Weft.Netlink.Tests)" -noLogo -noColor -trait- needs=kernel
run Weft.Ovsdb.Tests "$(program Weft.Ovsdb.Tests)" -noLogo -noColor
run Weft.OpenVswitch.Tests "$(program Weft.OpenVswitch.Tests)" -noLogo -noColor
run Weft.Twin.Tests "$(program Weft.Twin.Tests)" -noLogo -noColor
run Weft.Cli.Tests "$(program Weft.Cli.Tests)" -noLogo -noColor
run Weft.Lab.Tests "$(program Weft.Lab.Tests)" -noLogo -noColor
run Weft.Netlink.Tests.kernel out/weft lab run --timeout 300s -- "$(program Weft.Netlink.Tests)" -noLogo -noColor -trait needs=kernel
# Three at once: user-mode Linux has one processor, most of what makes labs waits for carriers, and most of what compares frames for echoes.
began=$SECONDS
kernel() { # name, which tests …
  local name=$1
  shift
  out/weft lab run --timeout $limit -- "$(program Weft.Kernel.Tests)" -noLogo -noColor -showLiveOutput "$@" </dev/null >"$logs/$name" 2>&1
  echo $? >"$logs/$name.code"
  echo $((SECONDS - began)) >"$logs/$name.took"
}
kernel labs -trait makes=labs &
kernel frames -trait makes=frames &
kernel hosts -trait- makes=labs -trait- makes=frames
wait
for name in labs frames hosts; do
  began=$((SECONDS - $(cat "$logs/$name.took")))
  count Weft.Kernel.Tests.$name "$logs/$name" "$(cat "$logs/$name.code")"
done

# Once more by name, last: of a long output often only the end is kept.
[ ${#names[@]} = 0 ] || printf '%s\n' "${names[@]}"
echo "took $((SECONDS - started)) s"
echo "$passed passed, $failed failed$([ "$skipped" -gt 0 ] && echo ", $skipped skipped")"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]

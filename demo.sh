#!/usr/bin/env bash
# The classic host on a real kernel, in one command: two NICs bonded with LACP and jumbo frames, a VLAN on the bond, a
# bridge on the VLAN, a guest on the bridge. Shows the tree, pings from the guest, pulls a cable, and says what was lost.
set -u
cd "$(dirname "$0")" || exit 1
. tools/need.sh
# shellcheck disable=SC2086
weft_need $WEFT_LAB_NEEDS
[ -x out/weft ] || echo "Building (the first time takes a minute or two) …"
./build.sh || exit 1

inside='
echo
echo "Waiting for LACP to agree on both cables …"
agreed() { [ "$(grep -c "    port state: \(61\|63\)$" /proc/net/bonding/bond0)" = 4 ]; }
for _ in $(seq 200); do agreed && break; sleep 0.1; done
agreed && echo "Both ports collect and distribute, on both sides." || { echo "LACP did not agree within 20 s."; exit 1; }
echo
echo "The host, as the kernel holds it:"
weft show
echo
echo "The guest web1 asks its gateway:"
ip netns exec web1 ping -c 3 -i 0.3 172.20.80.1 || exit 1
echo
echo "Now 300 pings, one every 10 ms; after half a second the cable of eth0 is pulled:"
ip netns exec web1 ping -i 0.01 -c 300 -W 1 172.20.80.1 >/tmp/ping & ping=$!
for _ in $(seq 100); do [ "$(grep -c icmp_seq /tmp/ping)" -ge 50 ] && break; sleep 0.05; done
ip -n leaf-a link set "$WEFT_LAB_HOST.eth0" down
wait $ping
weft show bond0
echo
sed -n "s/^\([0-9]*\) packets transmitted, \([0-9]*\) received.*/\1 \2/p" /tmp/ping | {
  read -r sent received || { echo "The ping said nothing."; exit 1; }
  echo "Of $sent pings, $((sent - received)) were lost while the cable was pulled."
}
'
exec out/weft lab run --timeout 300s examples/kvm-10gbe.yaml -- bash -c "$inside"

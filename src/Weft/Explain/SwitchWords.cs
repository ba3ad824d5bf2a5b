// What only Open vSwitch has.

namespace Weft.Explain;

internal static class SwitchWords
{
    public static readonly IReadOnlyDictionary<string, string> OfBond = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["backend"] = """
            A bond of Open vSwitch is gone whenever Open vSwitch is: it stops, starts again, is upgraded. Where management or storage must not blink then, write linux-bridge: the
            kernel makes the bond, and it is one port of the bridge. Then it has all of the kernel's modes and monitors, and none of Open vSwitch's. This
            version makes no switch of Open vSwitch yet, and refuses a file that asks for one (backend-not-built).
            """,
        ["bond_mode"] = """
            Leave it out where `mode` says what you want, for then the same file does on both stacks: active-backup is the same, 802.3ad becomes balance-tcp with LACP, and balance-xor with
            xmit_hash_policy: vlan+srcmac becomes balance-slb. Write it for balance-slb, which spreads guests over ports of a switch that knows nothing of it, or where the two stacks
            are to differ. balance-tcp needs LACP: without a partner it passes nothing.
            """,
        ["lacp"] = """
            active with a switch that speaks LACP, and passive where the switch is to begin; one of both must be active. It follows `mode` where it is not said: active with 802.3ad, else none. With balance-slb it may be
            either. A partner that stops speaking leaves every port unused, unless lacp_fallback_ab is on.
            """,
        ["lacp_fallback_ab"] = """
            For hosts that boot over the network, and switches whose group is set up later: until somebody answers, one port is used and the host is reachable. The trap: a switch whose LACP fails
            goes unnoticed, with the throughput of one port. XenServer has it on.
            """,
        ["bond_rebalance_interval"] = """
            A flow that moves to another port may be out of order for a moment, and with balance-slb the switch sees a MAC move. XenServer uses 1800000 ms for balance-slb; ten seconds is for
            loads that change fast. It does nothing in active-backup.
            """,
    };

    public static readonly IReadOnlyDictionary<string, string> OfBridge = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["fake_bridge"] = """
            For programs that ask for a bridge a VLAN, as XenServer's do: ovs-vsctl shows such a VLAN as a bridge, and a port that is added to it gets its tag. Frames do not know the difference.
            Without it the VLAN is there all the same, as a port of the uplink's bridge. This version makes
            no switch of Open vSwitch yet, and refuses a file that asks for one (backend-not-built).
            """,
    };
}

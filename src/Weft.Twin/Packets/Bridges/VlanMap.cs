// The VLANs of a port, or of the bridge itself, as a frame asks for them: a byte each (struct net_bridge_vlan_group).

using Weft.Model;

namespace Weft.Twin.Packets.Bridges;

internal sealed class VlanMap
{
    private const byte Member = 1, Untagged = 2;

    private readonly byte[] each = new byte[4096];

    public VlanMap(VlanTable table)
    {
        foreach (var run in table.Runs)
            Array.Fill(each, (byte)(Member | (run.Untagged ? Untagged : 0)), run.From, run.To - run.From + 1);
        Pvid = table.Pvid ?? 0;
    }

    /// <summary>The VLAN of frames without a tag; 0 where they belong to none.</summary>
    public int Pvid { get; }

    public bool Has(int vlan) => each[vlan] != 0;

    public bool LeavesUntagged(int vlan) => (each[vlan] & Untagged) != 0;
}

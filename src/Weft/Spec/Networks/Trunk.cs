// What networks ask of one VLAN-aware bridge: VLANs that its ports carry tagged, and those that the bridge itself takes part in
// because the host has an address there. What a port carries already, be it untagged, is not added again: a network of VLAN 1
// on a port that was given no PVID is the kernel's own VLAN 1, and stays untagged. The bridge's own end is a VLAN link, which
// hears tagged frames only.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Spec;

/// <param name="place">Where the first of its networks says its VLAN.</param>
internal sealed class Trunk(Place place)
{
    private readonly List<VlanRun> carried = [];
    private readonly List<VlanRun> own = [];

    public void Carry(VlanRun vlans, bool takesPart)
    {
        carried.Add(vlans);
        if (takesPart)
            own.Add(vlans);
    }

    /// <summary>The bridge with these VLANs.</summary>
    public Link Of(Link bridge)
    {
        var all = VlanTable.Of(carried);
        var (vlans, rest) = Joined(bridge.Vlans, bridge.Rest, VlanTable.Of(own).NotIn(bridge.Vlans ?? VlanTable.Empty));
        return bridge with
        {
            Vlans = vlans,
            Rest = rest,
            Ports = [.. bridge.Ports.Select(port => Joined(port.Vlans, port.Rest, all.NotIn(Carried(port.Vlans))) is var (more, keys) ? port with { Vlans = more, Rest = keys } : port)],
        };
    }

    /// <summary>What a port of these VLANs carries: a PVID of 1 too, where no other is said.</summary>
    private static VlanTable Carried(VlanTable? said) =>
        said is null ? VlanTable.Default : said.Pvid is null && !said.Has(1) ? said.With(VlanTable.Default.Runs) : said;

    private (VlanTable?, Fields) Joined(VlanTable? there, Fields keys, ImmutableArray<VlanRun> more)
    {
        if (more.IsEmpty)
            return (there, keys);
        var items = new Value.List([.. keys.List("vlans"), .. more.Select(run => At.Of(VlanRange.ToValue(run), place))]);
        return ((there ?? VlanTable.Empty).With(more), new([.. keys.Without("vlans"), new Field(At.Of("vlans", place), At.Of<Value>(items, place))]));
    }
}

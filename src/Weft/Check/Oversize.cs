// What the host really sends and how much of it a switch takes. A NIC of MTU 9000 under networks of 1500 sends nothing large: so it is
// asked of the links that have addresses, leases or guests, down to each NIC.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Check;

/// <summary>The largest packet of a link by one NIC, and the switch that it meets.</summary>
/// <param name="Of">Whose address or guests send it.</param>
/// <param name="Size">In bytes, as MTUs count.</param>
/// <param name="Room">What the switch takes.</param>
internal sealed record Sent(Link Of, Lead Way, long Size, Switch To, long Room)
{
    /// <summary>What the tags inside the outermost one add: a switch counts one tag as its own (IEEE 802.1Q annex G).</summary>
    public long Tags => 4 * Math.Max(0, Way.Tags.Length - 1);
}

internal sealed class Oversize
{
    public Oversize(Stack stack, Wiring wiring)
    {
        if (wiring.Switches.All(box => box.Mtu is null))
            return;
        foreach (var link in stack.Sound)
            if (stack.MasterOf(link) is null && Speaks(stack, link) && stack.Mtu(link) is { } mtu)
                foreach (var way in wiring.Leads(link))
                    if (way.Cable is { } cable && wiring.SwitchOf(cable) is { Mtu: { } room } box)
                        All.Add(new(link, way, Math.Min(mtu, Math.Min(stack.Mtu(way.Port) ?? mtu, stack.Mtu(way.Nic) ?? mtu)), box, room.Value));
    }

    public List<Sent> All { get; } = [];

    /// <summary>What the switch drops.</summary>
    public IEnumerable<Sent> Dropped => All.Where(sent => sent.Size > sent.Room);

    private static bool Speaks(Stack stack, Link link) =>
        !link.Addresses.IsEmpty || stack.GuestsOn(link).Count > 0 || ClientLines.Families.Any(family => link.Settings.Flag(family) == true);
}

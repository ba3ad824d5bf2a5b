// A guest's tap, plugged into its bridge as the lab does it: libvirt's name and MAC, and on a VLAN-aware bridge an access port of the
// guest's VLAN and no other.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Scenes;

internal static class Taps
{
    public static void Plug(TwinKernel twin, GuestCord cord, ICollection<string> notes)
    {
        twin.Plug(cord.Tap, "fe" + cord.Mac[2..], cord.Mtu);
        var settings = Settings.Empty.With(Table.Ipv6, Value.Of(false)).With(Table.Up, Value.Of(true));
        if (cord.Bridge is { } bridge && twin.Has(bridge))
            settings = settings.With(Table.Master, Value.Of(bridge));
        else
            notes.Add($"{cord.Guest}: {cord.Nic} is plugged in nowhere");
        List<Step> steps = [new Step.OfLink(Verb.Set, cord.Tap, LinkKind.Nic, settings, Place.None)];
        if (cord is { Vlan: { } vlan, Bridge: { } master } && twin.Has(master))
        {
            if (cord.Leaves is > 0 and var left)
                steps.Add(new Step.OfVlans(Verb.Remove, cord.Tap, master, [new((int)left, (int)left)], Place.None));
            steps.Add(new Step.OfVlans(Verb.Add, cord.Tap, master, [new((int)vlan, (int)vlan, Pvid: true, Untagged: true)], Place.None));
        }
        foreach (var refused in Applier.ExecuteAll(twin, steps))
            notes.Add($"{cord.Guest}: {cord.Nic} is not plugged in: {Refusals.Of(refused)[0].What}");
    }
}

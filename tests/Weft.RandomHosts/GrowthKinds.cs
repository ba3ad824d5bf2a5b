// The kinds that are neither NIC, bond, VLAN nor bridge, as random hosts have them.

using Weft.Model.Attributes;

namespace Weft.RandomHosts;

internal sealed partial class Growth
{
    public void OtherKind()
    {
        switch (dice.Below(10))
        {
            case 0:
                if (FreeName("dum0", "dum1") is { } dummy)
                    host.Links.Add(Made("dummies", dummy));
                break;
            case < 3:
                Veth();
                break;
            case < 5:
                Macvlan();
                break;
            case < 8:
                Vxlan();
                break;
            default:
                Vrf();
                break;
        }
    }

    private LinkSketch Made(string section, string name)
    {
        var link = new LinkSketch(section, name);
        Common(link);
        return link;
    }

    private void Veth()
    {
        if (FreeName("ve0", "ve1", "ve2", "ve3") is not { } one || new[] { "ve0", "ve1", "ve2", "ve3" }.FirstOrDefault(name => name != one && host.Find(name) is null) is not { } other)
            return;
        var (a, b) = (Made("veths", one), Made("veths", other));
        (a.Keys["peer"], b.Keys["peer"]) = (other, one);
        host.Links.AddRange([a, b]);
    }

    private void Macvlan()
    {
        var lowers = host.Links.Where(link => link.Section is not ("vrfs" or "macvlans") && host.MasterOf(link.Name) is null or { Section: "vrfs" }).ToList();
        if (lowers.Count == 0 || FreeName("mv0", "mv1") is not { } name)
            return;
        var macvlan = new LinkSketch("macvlans", name) { Keys = { ["link"] = dice.Of(lowers).Name } };
        Common(macvlan);
        Words.Macvlan(dice, macvlan);
        host.Links.Add(macvlan);
    }

    private void Vxlan()
    {
        if (FreeName("vx0", "vx1", "vx2") is not { } name)
            return;
        var vxlan = new LinkSketch("vxlans", name);
        var lowers = host.Links.Where(link => link.Section is not ("vrfs" or "vxlans")).ToList();
        if (lowers.Count > 0 && dice.Percent(60))
            vxlan.Keys["link"] = dice.Of(lowers).Name;
        Common(vxlan);
        Words.Vxlan(dice, vxlan);
        host.Links.Add(vxlan);
    }

    private void Vrf()
    {
        if (FreeName("vrf0", "vrf1") is not { } name)
            return;
        var vrf = new LinkSketch("vrfs", name) { Keys = { ["table"] = dice.Of("10", "11", "100", "2000") } };
        Common(vrf);
        vrf.Keys.Remove("mtu");
        foreach (var port in dice.Some(Free().Where(link => link.Section != "vrfs"), 3))
            vrf.Ports.Add((port.Name, new(StringComparer.Ordinal)));
        host.Links.Add(vrf);
    }
}

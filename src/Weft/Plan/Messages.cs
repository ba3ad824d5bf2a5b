// One message sets many options, in the kernel's order and not in ours. What it would refuse in that order goes in a message
// of its own: validating ARP beside a miimon (bond_changelink), a short forward delay before the spanning tree that forbids
// it has ended (br_changelink), a default PVID before the MAC that it is entered with. What it only lays over what it has, a map of
// priorities, is said whole.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Plan;

internal static class Messages
{
    /// <summary>The settings in the messages that take them, in order.</summary>
    public static IEnumerable<Settings> Of(Settings settings, Piece link)
    {
        if (settings.Count < 2)
            return [settings];
        if (settings.Number(BondLines.Miimon) > 0 && settings.Has(BondLines.ArpValidate))
            return [settings.Without(BondLines.ArpValidate), settings.Where(line => line == BondLines.ArpValidate)];
        if (settings.Flag(BridgeLines.Stp) == false && settings.Number(BridgeLines.ForwardDelay) < BridgeLines.LeastForwardDelay && link.Settings.Flag(BridgeLines.Stp) == true)
            return [settings.Without(BridgeLines.ForwardDelay), settings.Where(line => line == BridgeLines.ForwardDelay)];
        // The options of its kind before its MAC (rtnl_newlink), and a bridge without one takes part in no VLAN.
        if (link.Mac == World.NoMac && settings.Has(Table.Mac) && settings.Has(BridgeLines.VlanDefaultPvid))
            return [settings.Without(BridgeLines.VlanDefaultPvid), settings.Where(line => line == BridgeLines.VlanDefaultPvid)];
        return [settings];
    }

    /// <summary>What is wanted as the message says it, seen from what is held.</summary>
    public static KeyValuePair<Model.Attributes.Attribute, At<Value>> Whole(KeyValuePair<Model.Attributes.Attribute, At<Value>> want, Piece? link) =>
        KeyValuePair.Create(want.Key, At.Of(Said(want.Key, want.Value.Value, link?.ValueOf(want.Key)), want.Value.Place));

    public static Settings Whole(IEnumerable<KeyValuePair<Model.Attributes.Attribute, At<Value>>> wanted, Piece? link) => Settings.Of(wanted.Select(want => Whole(want, link)));

    /// <summary>A map of priorities with a 0 for each pair that is to go, for the kernel lays it over the one that it has; of hardware, the keys that change; of other names, those that come and go.</summary>
    private static Value Said(Model.Attributes.Attribute line, Value wanted, Value? held) =>
        VlanLines.IsMap(line) && wanted is Value.Map map && held is Value.Map there ? new Value.Map(new([.. map.Fields, .. there.Fields.Where(field => !map.Fields.Has(field.Name.Value)).Select(field => new Field(field.Name, At.Nowhere(Value.Of(0))))]))
        : NicLines.IsMap(line) && wanted is Value.Map keys && held is Value.Map hardware ? new Value.Map(new(keys.Fields.Where(field => hardware.Fields.Get(field.Name.Value)?.Value != field.Value.Value)))
        : line == MarkLines.Altnames && wanted is Value.List ? MarkLines.Changes(held, wanted)
        : wanted;

    /// <summary>What a message before it may have brought about.</summary>
    public static bool IsLate(Model.Attributes.Attribute attribute) => attribute == BondLines.ArpValidate;
}

// A bridge whose MAC nobody set has the lowest of its ports' (br_stp_recalculate_bridge_id, net/bridge/br_stp_if.c). Where guests' taps are all its
// ports, that is another one with every guest that starts or stops; libvirt's fe: taps help only beside a port that is always there. Where the
// bridge has such a port, whether a tap is lower than it is up to the program that makes the tap: that is no matter of this file.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A bridge that is a host's address for its guests keeps its MAC.</summary>
public sealed class BridgeMacFollows() : Rule("bridge-mac-follows", Severity.Warning)
{
    public override string Why => "a bridge without a MAC of its own has the lowest of its ports', and where these are guests' it changes as they start and stop: whoever has learned it talks to nobody until ARP is asked anew";

    public override string Bad => """
        bridges:
          br44: {addresses: [[|10.44.0.1/24|]]}
        guests:
          web1: {nics: [{bridge: br44, addresses: [10.44.0.10/24]}]}
        """;

    public override string Good => """
        bridges:
          br44: {mac: "02:00:5e:2c:00:01", addresses: [10.44.0.1/24]}
        guests:
          web1: {nics: [{bridge: br44, addresses: [10.44.0.10/24]}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where bridge.Ports.IsEmpty && !bridge.Unread.Contains("ports") && !Stack.IsUnread(bridge, Table.Mac) && bridge.Settings.Word(Table.Mac) is null or "default" && stack.GuestsOn(bridge).Count > 0
        let lease = ClientLines.Families.FirstOrDefault(line => bridge.Settings.Flag(line) == true)
        where !bridge.Addresses.IsEmpty || lease is not null
        select At(bridge.Addresses.IsEmpty ? bridge.Settings.PlaceOf(lease) : bridge.Addresses[0].Place, $"{bridge.Name} has {(bridge.Addresses.IsEmpty ? "a leased address" : $"the address {bridge.Addresses[0]}")} and no mac, and guests are its only ports", $"add mac: to {bridge.Name}, such as \"02:00:5e:00:00:{Math.Min(bridge.Name.Place.Line, 255):x2}\"");
}

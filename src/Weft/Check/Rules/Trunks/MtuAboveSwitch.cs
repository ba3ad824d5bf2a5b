// A switch drops frames that are larger than its MTU and, being no router, tells nobody: pings pass, TCP connects, and the first full segment
// vanishes. Judged is what is really sent, by links that have addresses, leases or guests.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>The host sends no larger packets than the switch takes.</summary>
public sealed class MtuAboveSwitch() : Rule("mtu-above-switch", Severity.Error, mayBeAllowed: true)
{
    public override string Why => "the switch drops what is larger than its MTU and tells nobody: pings pass, and large packets vanish";

    public override string Bad => """
        nics: {eth0: {mtu: [|9000|], addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1"}
        switches: {sw: {mtu: 1500}}
        """;

    public override string Good => """
        nics: {eth0: {mtu: 9000, addresses: [192.0.2.5/24]}}
        cabling:
          eth0: {switch: sw, port: "1"}
        switches: {sw: {mtu: 9216}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        var all = stack.Wiring.Oversize;
        var dropped = all.Dropped.ToList();
        // Where another switch takes what this one drops, of the same link or as much of another, this one is the odd one; else the host's MTU is.
        var odd = dropped.GroupBy(sent => sent.To.Name.Value, StringComparer.Ordinal)
            .Where(box => box.Max(sent => sent.Size) is var most && all.All.Exists(sent => sent.Room >= most && sent.Size == most && sent.To != box.First().To)).ToList();
        foreach (var box in odd)
            yield return Finding(box.First(), box.First().To.Mtu!.Place);
        foreach (var same in dropped.Where(sent => !odd.Exists(box => box.Key == sent.To.Name.Value)).GroupBy(sent => Below(stack, sent)?.Name.Value ?? "", StringComparer.Ordinal))
        {
            var own = same.Select(sent => Above(sent)?.Name.Value ?? "").Distinct(StringComparer.Ordinal).ToList();
            var at = own is [{ Length: > 0 }] ? Above(same.First()) : Below(stack, same.First());
            yield return Finding(same.First(), at?.Settings.PlaceOf(Table.Mtu) ?? same.First().To.Mtu!.Place);
        }
    }

    private Finding Finding(Sent sent, Place place) => At(place, $"{sent.Of.Name} sends packets of {sent.Size} bytes by {sent.Way.Nic.Name}, and {sent.To} takes {sent.Room}",
        $"set mtu: {sent.Room} on the host's side, or raise the mtu of {sent.To} to {sent.Size} or more, here (line {sent.To.Mtu!.Place.Line}) and at the switch");

    /// <summary>The deepest link that says an MTU: the bond, whose MTU its ports get, else the NIC, else what stands on it.</summary>
    private static Link? Below(Stack stack, Sent sent)
    {
        var bond = stack.MasterOf(sent.Way.Nic) is { } master && master.Kind == LinkKind.Bond ? master : sent.Way.Nic;
        return new[] { bond, sent.Way.Port, sent.Of }.FirstOrDefault(link => link.Settings.Has(Table.Mtu));
    }

    /// <summary>What says it nearest to the sender: itself, or the port of the bridge that it is.</summary>
    private static Link? Above(Sent sent) => new[] { sent.Of, sent.Way.Port }.FirstOrDefault(link => link.Settings.Has(Table.Mtu));
}

// The other way: JSON members to a step. Which kind of step it is, its first member of its own says. Throws on what is no
// step; the door of this room catches it.

using System.Text.Json;
using Weft.Model;
using Weft.Text;

namespace Weft.Plan;

internal static class StepReading
{
    public static Step? Step(JsonElement from, Place place)
    {
        var verb = Enum.Parse<Verb>(from.Said("verb"));
        if (from.TryGetProperty("link", out var link))
            return new Step.OfLink(verb, link.AsText(), LinkKind.Of(from.Said("kind")), from.Settings("settings", LinkKind.Of(from.Said("kind"))), place);
        if (from.TryGetProperty("address", out var address))
            return new Step.OfAddress(verb, from.Said("on"), IpPrefix.Parse(address.AsText()), place) { Lifetime = from.Lifetime(), As = from.TryGetProperty("as", out var said) ? said.Kept() : null };
        if (from.TryGetProperty("route", out var route))
            return new Step.OfRoute(verb, route.Route(), place);
        if (from.TryGetProperty("rule", out var rule))
            return new Step.OfRule(verb, rule.Rule(), place);
        if (from.TryGetProperty("vlans", out var vlans))
            return new Step.OfVlans(verb, vlans.AsText(), from.Text("master"), [.. from.Runs("runs")], place);
        if (from.TryGetProperty("sysctls", out _))
            return new Step.OfSysctls(from.Settings("sysctls", LinkKind.Nic), place);
        if (from.TryGetProperty("client", out var client))
            return new Step.OfClient(verb, client.AsText(), from.Settings("wish", LinkKind.Nic), place);
        if (from.TryGetProperty("names", out var names))
            return new Step.OfNames(verb, names.AsText(), from.Settings("wish", LinkKind.Nic), place);
        if (from.TryGetProperty("kept", out var kept))
            return new Step.OfKept(kept.Kept());
        return from.TryGetProperty("newLinksIpv6", out var on) ? new Step.OfNewLinksIpv6(on.GetBoolean()) : null;
    }
}

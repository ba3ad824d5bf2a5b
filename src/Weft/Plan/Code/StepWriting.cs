// A step's own members as JSON.

using System.Text.Json;

namespace Weft.Plan;

internal static class StepWriting
{
    public static void Write(Utf8JsonWriter to, Step step)
    {
        to.WriteString("verb", step.Verb.ToString());
        switch (step)
        {
            case Step.OfLink link:
                to.WriteString("link", link.Name);
                to.WriteString("kind", link.Kind.Word);
                to.Settings("settings", link.Settings);
                break;
            case Step.OfAddress address:
                to.WriteString("on", address.Link);
                to.WriteString("address", address.Address.ToString());
                to.Lifetime(address.Lifetime);
                if (address.As is { } said)
                {
                    to.WriteStartObject("as");
                    to.Kept(said);
                    to.WriteEndObject();
                }
                break;
            case Step.OfRoute { Route: var route }:
                to.WriteStartObject("route");
                to.Route(route);
                to.WriteEndObject();
                break;
            case Step.OfRule { Rule: var rule }:
                to.WriteStartObject("rule");
                to.Rule(rule);
                to.WriteEndObject();
                break;
            case Step.OfVlans vlans:
                to.WriteString("vlans", vlans.Link);
                to.Text("master", vlans.Master);
                to.Runs("runs", vlans.Runs);
                break;
            case Step.OfKept { Kept: var kept }:
                to.WriteStartObject("kept");
                to.Kept(kept);
                to.WriteEndObject();
                break;
            case Step.OfSysctls host:
                to.Settings("sysctls", host.Settings);
                break;
            case Step.OfClient client:
                to.WriteString("client", client.Link);
                to.Settings("wish", client.Wish);
                break;
            case Step.OfNames names:
                to.WriteString("names", names.Link);
                to.Settings("wish", names.Wish);
                break;
            case Step.OfNewLinksIpv6 ipv6:
                to.WriteBoolean("newLinksIpv6", ipv6.On);
                break;
        }
    }
}

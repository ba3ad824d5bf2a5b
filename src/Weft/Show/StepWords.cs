// A step's line and attributes, for the documents of plan and apply; its words are the planner's (StepText).

using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show;

internal static class StepWords
{
    /// <summary>`(host.yaml:12)`, or nothing where no line asked for the step.</summary>
    public static string Where(Step step) => step.Place.IsSomewhere ? $"({step.Place.File}:{step.Place.Line})" : "";

    /// <summary>The property `attributes`.</summary>
    public static void WriteAttributes(Utf8JsonWriter to, Step step)
    {
        to.WriteStartObject("attributes");
        switch (step)
        {
            case Step.OfLink link:
                foreach (var (attribute, value) in link.Settings)
                    Json.Property(to, attribute.Name, value.Value);
                break;
            case Step.OfAddress address:
                to.WriteString("address", address.Address.ToString());
                to.WriteString("link", address.Link);
                if (step.Verb == Verb.Set || address.Lifetime != Lifetime.Forever)
                    foreach (var key in address.Lifetime.Keys())
                        Json.Property(to, key.Name.Value, key.Value.Value);
                break;
            case Step.OfRoute route:
                Json.Members(to, route.Route);
                break;
            case Step.OfRule rule:
                Json.Members(to, rule.Rule);
                break;
            case Step.OfVlans vlans:
                to.WriteString("link", vlans.Link);
                to.WriteString("bridge", vlans.Master ?? vlans.Link);
                to.WriteStartArray("vlans");
                foreach (var run in vlans.Runs)
                    to.WriteStringValue(run.ToString());
                to.WriteEndArray();
                break;
            case Step.OfClient client:
                to.WriteString("link", client.Link);
                foreach (var (attribute, value) in client.Wish)
                    Json.Property(to, attribute.Name, value.Value);
                break;
            case Step.OfNames names:
                to.WriteString("link", names.Link);
                foreach (var (attribute, value) in names.Wish)
                    Json.Property(to, attribute.Name, value.Value);
                break;
            case Step.OfKept kept:
                to.WriteString("link", kept.Kept.Link);
                to.WriteString("kind", kept.Kept.Kind.ToString().ToLowerInvariant());
                break;
            case Step.OfSysctls host:
                foreach (var (line, value) in host.Settings)
                    Json.Property(to, line.Name, value.Value);
                break;
            case Step.OfNewLinksIpv6 ipv6:
                to.WriteBoolean("ipv6", ipv6.On);
                break;
        }
        to.WriteEndObject();
    }
}

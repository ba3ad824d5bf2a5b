// A step in words and in JSON: one spelling of what is sent, for plan, apply and their documents.

using System.Text.Json;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;

namespace Weft.Show;

internal static class StepWords
{
    public static string Verb(Step step) => step.Verb.ToString().ToLowerInvariant();

    /// <summary>The object with its kind: `bridge br3080`, `address 172.20.80.11/24`.</summary>
    public static string Object(Step step) => step switch
    {
        Step.OfLink link => $"{link.Kind} {link.Name}",
        Step.OfAddress address => $"address {address.Address} on {address.Link}",
        Step.OfRoute route => $"route {route.Route}",
        Step.OfNewLinksIpv6 ipv6 => $"ipv6 of new links {(ipv6.On ? "on" : "off")}",
        _ => step.Object,
    };

    /// <summary>What is sent with it: `link bond0, id 3080`; empty where the object says everything.</summary>
    public static string What(Step step) => step is Step.OfLink link ? string.Join(", ", link.Settings.Select(pair => Setting(pair.Key, pair.Value.Value))) : "";

    /// <summary>`(host.yaml:12)`, or nothing where no line asked for the step.</summary>
    public static string Where(Step step) => step.Place.IsSomewhere ? $"({step.Place.File}:{step.Place.Line})" : "";

    /// <summary>An attribute's value as a file would say it; `none` for the empty word, by which the kernel says so.</summary>
    public static string Word(Value value) => value switch
    {
        Value.Word { Text: "" } or Value.List { Items.IsEmpty: true } => "none",
        _ => value.ToString()!,
    };

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
                break;
            case Step.OfRoute route:
                Json.Members(to, route.Route);
                break;
            case Step.OfNewLinksIpv6 ipv6:
                to.WriteBoolean("ipv6", ipv6.On);
                break;
        }
        to.WriteEndObject();
    }

    private static string Setting(Weft.Model.Attributes.Attribute attribute, Value value) =>
        attribute == Table.Up ? value == Value.Of(true) ? "up" : "down"
        : attribute == Table.Master && value == Value.Of("") ? "no master"
        : $"{attribute} {Word(value)}";
}

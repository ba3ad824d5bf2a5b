// A step in words, for plans, refusals and logs: what is done to what, with what is sent.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

public static class StepText
{
    /// <summary>`set bond bond0: lacp_rate fast`.</summary>
    public static string Of(Step step) => $"{Verb(step)} {Object(step)}{(What(step) is { Length: > 0 } what ? $": {what}" : "")}";

    public static string Verb(Step step) => step switch
    {
        Step.OfClient { Verb: Plan.Verb.Add } => "start",
        Step.OfClient { Verb: Plan.Verb.Remove } => "stop",
        Step.OfClient => "restart",
        _ => step.Verb.ToString().ToLowerInvariant(),
    };

    /// <summary>The object with its kind: `bridge br3080`, `address 172.20.80.11/24 on br3080`.</summary>
    public static string Object(Step step) => step switch
    {
        Step.OfLink link => $"{link.Kind} {link.Name}",
        Step.OfAddress address => $"address {address.Address} on {address.Link}",
        Step.OfRoute route => $"route {route.Route}",
        Step.OfVlans vlans => $"vlan {string.Join(", ", vlans.Runs)} on {vlans.Link}{(vlans.Master is null ? " itself" : "")}",
        Step.OfClient client => $"dhcpcd on {client.Link}",
        Step.OfNames names => $"name servers of {names.Link}",
        Step.OfNewLinksIpv6 ipv6 => $"ipv6 of new links {(ipv6.On ? "on" : "off")}",
        _ => step.Object,
    };

    /// <summary>What is sent with it: `link bond0, id 3080`; empty where the object says everything.</summary>
    public static string What(Step step) => step is Step.OfAddress address ? Lasting(address) : string.Join(", ", (step switch
    {
        Step.OfLink link => link.Settings,
        Step.OfSysctls host => host.Settings,
        Step.OfClient client => client.Wish,
        Step.OfNames names => names.Wish,
        _ => Settings.Empty,
    }).Select(pair => Setting(pair.Key, pair.Value.Value)));

    private static string Lasting(Step.OfAddress step) => step.Verb == Plan.Verb.Set || step.Lifetime != Lifetime.Forever ? step.Lifetime.ToString() : "";

    /// <summary>An attribute's value as a file would say it; `none` for the empty word, by which the kernel says so.</summary>
    public static string Word(Value value) => value switch
    {
        Value.Word { Text: "" } or Value.List { Items.IsEmpty: true } => "none",
        _ => value.ToString()!,
    };

    private static string Setting(Weft.Model.Attributes.Attribute attribute, Value value) =>
        attribute == Table.Up ? value == Value.Of(true) ? "up" : "down"
        : attribute == Table.Master && value == Value.Of("") ? "no master"
        : attribute == MarkLines.Altnames && value is Value.Map names ? $"{attribute} {string.Join(' ', names.Fields.Select(name => $"{(name.Value.Value == Value.Of(true) ? '+' : '-')}{name.Name}"))}"
        : $"{attribute} {Word(value)}";
}

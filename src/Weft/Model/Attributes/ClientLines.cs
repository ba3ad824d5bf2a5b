// What a link asks the network for: addresses by DHCP and router advertisements. No kernel holds these; a client beside it does
// (Clients), and what it gets comes and goes with its lease. Observed, a link has them where its client runs with them, and says
// them false where its client ended by itself and left its traces.

using System.Collections.Immutable;
using Weft.Model.Shapes;

namespace Weft.Model.Attributes;

/// <summary>The lines of the client of a link, of every kind.</summary>
public static class ClientLines
{
    public static readonly Attribute Dhcp4 = Switch("dhcp4", false, "Whether an IPv4 address is leased by DHCP.");
    public static readonly Attribute Dhcp6 = Switch("dhcp6", false, "Whether an IPv6 address is leased by DHCPv6.");
    public static readonly Attribute Ra = Switch("ra", false, "Whether router advertisements give the link IPv6 addresses and a default route.");
    public static readonly Attribute Routes = Switch("dhcp_routes", true, "Whether a default route is taken from DHCP and router advertisements.");

    public static readonly Attribute Metric = new("dhcp_metric", new Count(1, uint.MaxValue), Home.Client, Change.Live,
        "Metric of the routes that come by DHCP and router advertisements.");

    public static readonly Attribute UseDns = Switch("use_dns", true, "Whether name servers and search domains are taken that come by DHCP and router advertisements; what the link says itself comes before them.");

    /// <summary>The families: where none is on, there is no client.</summary>
    public static ImmutableArray<Attribute> Families { get; } = [Dhcp4, Dhcp6, Ra];

    public static ImmutableArray<Attribute> All { get; } = [.. Families, Routes, Metric, UseDns];

    /// <summary>What is asked of a client, without what it would do anyway; empty where none is wanted.</summary>
    public static Settings WishOf(Settings settings) =>
        Families.Any(line => settings.Flag(line) == true) ? settings.Where(line => line.Home == Home.Client && settings.ValueOf(line) is var said && said != line.Default(settings) && said is not Value.Word { Text: "default" }) : Settings.Empty;

    /// <summary>Whether the link has a client, or had one that left its traces. Of an observed link.</summary>
    public static bool IsThere(Settings settings) => Families.Any(settings.Has);

    /// <summary>Whether the link itself is to speak IPv6 for its client.</summary>
    public static bool Speaks6(Settings settings) => settings.Flag(Dhcp6) == true || settings.Flag(Ra) == true;

    private static Attribute Switch(string name, bool usual, string doc) => new(name, Common.Flag, Home.Client, Change.Live, doc) { Default = _ => Value.Of(usual) };
}

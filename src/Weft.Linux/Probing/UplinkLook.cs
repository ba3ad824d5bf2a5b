// What the kernel itself tells of an uplink: carrier, and what LACP agreed on. Nothing is sent for it but the question.
// Surprise: a bond whose partner says nothing has carrier all the same, and one port of it carries traffic.

using Weft.Netlink;

namespace Weft.Linux.Probing;

internal sealed class UplinkLook : IDisposable
{
    /// <summary>LACP_STATE_* (linux/if_bonding.h): in sync, collecting and distributing; defaulted or expired.</summary>
    private const int Agreed = 0x38, Alone = 0xC0;

    private readonly RouteSocket? socket;
    private readonly string? closed;

    /// <summary>Opens a socket in the calling thread's network namespace.</summary>
    public UplinkLook()
    {
        if (!RouteSocket.TryOpen(RouteSocketOptions.Default, out socket, out var failure))
            closed = $"{failure.Call}: {failure.Text}";
    }

    /// <summary>Null where the NIC is up and has carrier, otherwise why not.</summary>
    public string? Carrier(string nic) => Ask(new() { Name = nic }, nic) switch
    {
        (null, var why) => why,
        ({ } link, _) => !link.Header.Flags.HasFlag(LinkFlags.Up) ? "it is down" : link.Carrier == 1 ? null : "no carrier",
    };

    /// <summary>Null where the port and its partner have agreed, otherwise why not.</summary>
    public string? Partner(string port)
    {
        var (link, why) = Ask(new() { Name = port }, port);
        if (link is null)
            return why;
        if (link.Master is not { } master || link.Info?.BondPort is not { } own)
            return "it is no bond's port";
        var bond = Ask(new() { Header = { Index = master } }, "its bond");
        if (bond.Link is null)
            return bond.Why;
        return Judge(own, bond.Link.Info?.Bond?.AdInfo);
    }

    /// <summary>Whether a port is in its bond's aggregator, and both ends say that they collect and distribute.</summary>
    internal static string? Judge(BondPortData port, BondAdInfo? active)
    {
        if (active is null || port.AdActorOperPortState is not { } own || port.AdPartnerOperPortState is not { } partner)
            return "its bond does not speak LACP";
        if (active.PartnerMac is not { } mac || mac.Span.IndexOfAnyExcept((byte)0) < 0 || (own & Alone) != 0)
            return "no partner answers";
        if (port.AdAggregatorId != active.Aggregator)
            return $"it is in aggregator {port.AdAggregatorId}, and the bond uses {active.Aggregator}";
        return (own & Agreed) != Agreed ? $"not agreed: port state {own}" : (partner & Agreed) != Agreed ? $"not agreed: partner's port state {partner}" : null;
    }

    public void Dispose() => socket?.Dispose();

    private (LinkMessage? Link, string? Why) Ask(LinkMessage which, string name)
    {
        if (socket is null)
            return (null, closed);
        var answers = socket.Execute(new Request(MessageType.GetLink, MessageFlags.None, which));
        if (answers.Failure is { } failure)
            return (null, $"{failure.Call}: {failure.Text}");
        return answers.Each[0] is { Verdict: Verdict.Accepted, Reply: { IsEmpty: false } reply } ? (MessageCodec.Decode<LinkMessage>(reply), null) : (null, $"there is no {name}");
    }
}

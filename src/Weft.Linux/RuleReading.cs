// Policy rules as rules of the model and back. The rules that every namespace starts with are the kernel's and no host's;
// a rule that says more than the model can is kept with its bytes.

using System.Globalization;
using System.Net;
using System.Text;
using Weft.Model;
using Weft.Netlink;
using Weft.Text;

namespace Weft.Linux;

internal static class RuleReading
{
    private const byte ToTable = 1, Goto = 2, KernelProtocol = 2;
    private const uint Invert = 2, AllBits = uint.MaxValue;

    /// <summary>FR_ACT_* beyond those that go on looking, as `ip rule` spells them.</summary>
    private static readonly Dictionary<byte, string> Ends = new() { [3] = "nop", [6] = "blackhole", [7] = "unreachable", [8] = "prohibit" };

    /// <summary>The rule, or null where it is one of the kernel's first or not of IP.</summary>
    public static PolicyRule? Of(RuleMessage message)
    {
        if (message.Header.Family is not (Families.Inet or Families.Inet6))
            return null;
        var rule = new PolicyRule(At.Nowhere<long>(message.Table ?? message.Header.Table))
        {
            Is6 = message.Header.Family == Families.Inet6,
            From = Prefix(message.Src, message.Header.SourceLength, message.Header.Family),
            To = Prefix(message.Dst, message.Header.DestinationLength, message.Header.Family),
            Iif = message.Iifname,
            Oif = message.Oifname,
            Mark = message.Fwmark is { } mark && (message.Fwmask ?? AllBits) != 0 ? mark : null,
            Priority = message.Priority ?? 0,
            Protocol = message.Protocol ?? 0,
            Plain = IsPlain(message),
            Words = Words(message),
            Raw = new Bytes(Keeping.Replay.Request(message.Raw.Span, RuleHeader.Size, MessageType.NewRule, MessageFlags.None)),
        };
        return IsInitial(rule) || IsOfVrfs(message) ? null : rule;
    }

    /// <summary>The message for a rule. One that was observed is spoken of in the kernel's own bytes.</summary>
    public static RuleMessage ToMessage(PolicyRule rule)
    {
        if (rule.Raw is { } raw)
        {
            var message = MessageCodec.Decode<RuleMessage>(raw.Content);
            message.Header.Flags &= Invert;
            // Without it a removal takes the first rule that is like it otherwise.
            message.Priority ??= 0;
            return message;
        }
        return new RuleMessage
        {
            Header = new()
            {
                Family = rule.Is6 ? Families.Inet6 : Families.Inet,
                SourceLength = (byte)(rule.From?.Length ?? 0),
                DestinationLength = (byte)(rule.To?.Length ?? 0),
                Table = (byte)(rule.Table.Value < 256 ? rule.Table.Value : 0),
                Action = ToTable,
            },
            Src = rule.From is { IsEverything: false } from ? InetAddress.From(from.Address) : null,
            Dst = rule.To is { IsEverything: false } to ? InetAddress.From(to.Address) : null,
            Iifname = rule.Iif,
            Oifname = rule.Oif,
            Fwmark = (uint?)rule.Mark,
            Fwmask = rule.Mark is null ? null : AllBits,
            Priority = (uint?)rule.Priority,
            Table = (uint)rule.Table.Value,
            Protocol = rule.Protocol,
        };
    }

    private static IpPrefix? Prefix(InetAddress? address, byte length, byte family) =>
        address is { } bits ? new(bits.ToIPAddress(), length) : length > 0 ? new(family == Families.Inet ? IPAddress.Any : IPAddress.IPv6Any, length) : null;

    /// <summary>fib_default_rules_init: local, main, and for IPv4 default. Kernels before 4.17 do not say that these are theirs.</summary>
    private static bool IsInitial(PolicyRule rule) =>
        rule is { Plain: true, From: null, To: null, Iif: null, Oif: null, Mark: null, Protocol: 0 or KernelProtocol }
        && (rule.Priority, rule.Table.Value) is (0, 255) or (32766, 254) or (32767, 253);

    /// <summary>vrf_add_fib_rules: with the first VRF of a namespace the kernel enters a rule for all of them, and leaves it there.</summary>
    private static bool IsOfVrfs(RuleMessage message) => message is { L3mdev: > 0, Protocol: KernelProtocol };

    private static bool IsPlain(RuleMessage message) =>
        message is { Header: { Action: ToTable, Tos: 0 }, Goto: null, Flow: null, TunId: null, UidRange: null, IpProto: null, SportRange: null, DportRange: null }
        && (message.Header.Flags & Invert) == 0 && message.L3mdev is null or 0
        && (message.SuppressIfgroup ?? AllBits) == AllBits && (message.SuppressPrefixlength ?? AllBits) == AllBits
        && (message.Fwmark is null ? (message.Fwmask ?? 0) == 0 : (message.Fwmask ?? AllBits) == AllBits);

    /// <summary>As `ip rule` prints it.</summary>
    private static string Words(RuleMessage message)
    {
        var header = message.Header;
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{message.Priority ?? 0}: {((header.Flags & Invert) != 0 ? "not " : "")}from {Network(message.Src, header.SourceLength)}");
        Say(" to ", message.Dst is null ? null : Network(message.Dst, header.DestinationLength));
        Say(" tos ", header.Tos == 0 ? null : $"0x{header.Tos:x}");
        Say(" fwmark ", message is { Fwmark: null or 0, Fwmask: null or 0 } ? null : $"0x{message.Fwmark ?? 0:x}{(message.Fwmask is { } mask and not AllBits ? $"/0x{mask:x}" : "")}");
        Say(" iif ", message.Iifname);
        Say(" oif ", message.Oifname);
        Say(" uidrange ", message.UidRange);
        Say(" ipproto ", message.IpProto);
        Say(" sport ", message.SportRange);
        Say(" dport ", message.DportRange);
        Say(" tun_id ", message.TunId);
        if (message.L3mdev is > 0)
            text.Append(" lookup [l3mdev-table]");
        else if (header.Action == ToTable)
            text.Append(CultureInfo.InvariantCulture, $" lookup {message.Table ?? header.Table}");
        Say(" suppress_prefixlength ", message.SuppressPrefixlength is { } length and not AllBits ? length : null);
        Say(" suppress_ifgroup ", message.SuppressIfgroup is { } group and not AllBits ? group : null);
        Say(" realms ", message.Flow);
        if (header.Action == Goto)
            Say(" goto ", message.Goto);
        else if (header.Action != ToTable)
            Say(" ", Ends.GetValueOrDefault(header.Action) ?? $"action {header.Action}");
        return text.ToString();

        void Say(string word, object? what)
        {
            if (what is not null)
                text.Append(word).Append(CultureInfo.InvariantCulture, $"{what}");
        }
    }

    private static string Network(InetAddress? address, byte length) =>
        address is not { } bits ? length == 0 ? "all" : $"0/{length}" : length == bits.Length * 8 ? bits.ToString() : $"{bits}/{length}";
}

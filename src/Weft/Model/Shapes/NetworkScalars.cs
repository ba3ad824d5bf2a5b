// The scalars of networking: link names, MACs, addresses, VLAN ids and ranges, durations. Each is parsed once, here, and
// lives on in one spelling.

using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Weft.Model.Shapes;

/// <summary>
/// A name that the kernel takes for a link (net/core/dev.c, dev_valid_name; 15 bytes, no '/', ':' or white space, not "."
/// or ".."). Weft also refuses "all", "default" (they are directories beside the links' sysctls) and '%', which the kernel reads as a pattern,
/// and characters that do not show (the kernel takes them; a name must be what it looks like).
/// </summary>
public sealed record LinkName : Scalar
{
    public const int LongestBytes = 15;

    public override string Wanted => "a link's name (at most 15 bytes, no '/', ':', '%' or space)";

    public override Parsed Parse(string text) => Wrong(text) is { } wrong ? Parsed.Bad(wrong, "name-refused") : Parsed.Good(Value.Of(text));

    /// <summary>JSON Schema counts letters where the kernel counts bytes.</summary>
    public override JsonObject AsJson() => Pattern.Name("(?!(?:\\.|\\.\\.|all|default)$)[^/:%\\s\\u0000-\\u001f\\u007f]{1,15}");

    /// <summary>Why the kernel would not take this name; null where it would.</summary>
    /// <param name="longest">How many bytes it may have; an alternative name may have more.</param>
    public static string? Wrong(string name, int longest = LongestBytes)
    {
        if (name.Length == 0)
            return "is empty";
        var bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > longest)
            return $"has {bytes} bytes, and {(longest == LongestBytes ? "a link's name" : "another name of a link")} has at most {longest}";
        if (name is "." or ".." or "all" or "default")
            return "is a name that the kernel keeps for itself";
        // dev_valid_name asks isspace() of every byte, and in the kernel's Latin-1 table 0xA0 is one: "à" ends in it.
        if (Encoding.UTF8.GetBytes(name).Contains((byte)0xA0))
            return "holds a letter with the byte 0xA0, which the kernel takes for a space";
        for (var at = 0; at < name.Length; at++)
            if (char.IsWhiteSpace(name[at]) || Weft.Text.Quote.IsHidden(name, at))
                return "holds a space, a control or a hidden character, which no link's name may";
            else if (name[at] is '/' or ':' or '%')
                return $"holds '{name[at]}', which no link's name may";
        return null;
    }
}

/// <summary>An Ethernet address. Canonical: six lower-case hex pairs with colons.</summary>
/// <param name="Unicast">Whether a multicast or all-zero address is refused (`is_valid_ether_addr`).</param>
public sealed record MacShape(bool Unicast = true) : Scalar
{
    public override string Wanted => "a MAC address such as \"52:54:00:12:34:56\"";
    public override bool Quoted => true;

    public override Parsed Parse(string text)
    {
        var parts = text.Split(text.Contains('-', StringComparison.Ordinal) ? '-' : ':');
        Span<byte> bytes = stackalloc byte[6];
        if (parts.Length != 6)
            return Parsed.Bad("is none");
        for (var i = 0; i < 6; i++)
            if (parts[i].Length is 0 or > 2 || !byte.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[i]))
                return Parsed.Bad("is none");
        if (Unicast && ((bytes[0] & 1) != 0 || bytes.IndexOfAnyExcept((byte)0) < 0))
            return Parsed.Bad("is a multicast or zero address, which no link can have", "address-refused");
        return Parsed.Good(Value.Of(Convert.ToHexStringLower(bytes).Chunk(2).Aggregate(new StringBuilder(), (text, pair) => text.Append(text.Length > 0 ? ":" : "").Append(pair)).ToString()));
    }

    public override JsonObject AsJson() => Pattern.Text((Unicast ? "(?!(?:0{1,2}[:-]){5}0{1,2}$)(?:[0-9A-Fa-f]?[02468ACEace])" : "[0-9A-Fa-f]{1,2}") + "(?:(?::[0-9A-Fa-f]{1,2}){5}|(?:-[0-9A-Fa-f]{1,2}){5})");
}

/// <summary>Which address families a key takes.</summary>
public enum Family
{
    Any,
    Ip4,
    Ip6,
}

/// <summary>An address without a length.</summary>
public sealed record AddressShape(Family Family = Family.Any) : Scalar
{
    public override string Wanted => Family switch
    {
        Family.Ip4 => "an IPv4 address",
        Family.Ip6 => "an IPv6 address",
        _ => "an IPv4 or IPv6 address",
    };

    public override Parsed Parse(string text) =>
        IpText.Address(text) is not { } address ? Parsed.Bad("is none", "not-an-address")
        : Family == Family.Ip4 && address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork ? Parsed.Bad("is of the other family", "not-an-address")
        : Family == Family.Ip6 && address.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6 ? Parsed.Bad("is of the other family", "not-an-address")
        : Parsed.Good(Value.Of(address.ToString()));

    public override JsonObject AsJson() => Pattern.Text(Family switch
    {
        Family.Ip4 => Pattern.Ip4,
        Family.Ip6 => Pattern.Ip6,
        _ => $"{Pattern.Ip4}|{Pattern.Ip6}",
    });
}

/// <summary>An address with its prefix length, `172.20.80.11/24`, or a destination, where `default` is read too.</summary>
/// <param name="Destination">Whether it is a route's destination: host bits must be zero, and `default` means everything.</param>
public sealed record PrefixShape(bool Destination = false) : Scalar
{
    public override string Wanted => Destination ? "a destination such as 10.0.0.0/8, or default" : "an address with its length, such as 172.20.80.11/24";

    public override Parsed Parse(string text)
    {
        if (Destination && text == "default")
            return Parsed.Good(Value.Of(text));
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = IpText.Address(slash < 0 ? text : text[..slash]);
        if (address is null)
            return Parsed.Bad("is none", "not-an-address");
        var longest = address.GetAddressBytes().Length * 8;
        var length = longest;
        if (slash < 0 && !Destination)
            return Parsed.Bad($"has no length; write {address}/{(longest == 32 ? 24 : 64)} for the usual network", "not-an-address");
        if (slash >= 0 && (!int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > longest))
            return Parsed.Bad($"has a length that is none of 0 to {longest}", "not-an-address");
        var prefix = new IpPrefix(address, length);
        if (Destination && prefix != prefix.Network)
            return Parsed.Bad($"has bits set behind its length; the network is {prefix.Network}", "not-an-address");
        return Parsed.Good(Value.Of(prefix.ToString()));
    }

    public override JsonObject AsJson()
    {
        string Length(int longest) => $"/{Pattern.Number(0, longest)}";
        return Pattern.Text(Destination
            ? $"default|{Pattern.Ip4}(?:{Length(32)})?|{Pattern.Ip6}(?:{Length(128)})?"
            : $"{Pattern.Ip4}{Length(32)}|{Pattern.Ip6}{Length(128)}");
    }
}

/// <summary>A VLAN id or a range of them. Canonical: `5`, `2-4094`.</summary>
public sealed record VlanRange : Scalar
{
    public override string Wanted => "a VLAN id from 1 to 4094, or a range such as 2-4094";

    public override Parsed Parse(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (!ushort.TryParse(dash < 0 ? text : text[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out var first))
            return Parsed.Bad("is none");
        var last = first;
        if (dash >= 0 && !ushort.TryParse(text[(dash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out last))
            return Parsed.Bad("is none");
        if (first is 0 or > 4094 || last is 0 or > 4094)
            return Parsed.Bad("is outside 1 to 4094", "vlan-id-out-of-range");
        if (last < first)
            return Parsed.Bad("ends before it begins");
        return Parsed.Good(first == last ? Value.Of((long)first) : Value.Of($"{first}-{last}"));
    }

    public override JsonObject AsJson() => Pattern.AnyOf(
        new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 4094 },
        Pattern.Text($"{Pattern.Number(1, 4094)}(?:-{Pattern.Number(1, 4094)})?"));

    /// <summary>A run as a value of this shape.</summary>
    public static Value ToValue(VlanRun run) => run.From == run.To ? Value.Of((long)run.From) : Value.Of($"{run.From}-{run.To}");

    /// <summary>The run that a value means which this shape has accepted.</summary>
    public static VlanRun Of(Value value)
    {
        var text = value.ToString()!;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = int.Parse(dash < 0 ? text : text[..dash], CultureInfo.InvariantCulture);
        return new(first, dash < 0 ? first : int.Parse(text[(dash + 1)..], CultureInfo.InvariantCulture));
    }
}

/// <summary>Addresses as people may write them. .NET also takes "1", "0x7f.1" and scope ids: those are none here.</summary>
internal static class IpText
{
    public static IPAddress? Address(string text)
    {
        if (!IPAddress.TryParse(text, out var address) || text.Contains('%', StringComparison.Ordinal) || text.Contains('[', StringComparison.Ordinal))
            return null;
        if (text.Contains(':', StringComparison.Ordinal))
            return address;
        return address.ToString() == text ? address : null;
    }
}

/// <summary>A speed such as 10G, 2.5G or 100M; a plain number is Mbit/s, as ethtool counts. The value is the text.</summary>
public sealed record SpeedShape : Scalar
{
    private const long Fastest = 1_600_000;

    public override string Wanted => "a speed such as 10G";

    public override Parsed Parse(string text) => Mbits(text) switch
    {
        < 0 => Parsed.Bad("is none"),
        0 or > Fastest => Parsed.Bad("is outside 1M to 1600G", "out-of-range"),
        _ => Parsed.Good(Value.Of(char.IsAsciiLetter(text[^1]) ? text.ToUpperInvariant() : $"{text}M")),
    };

    /// <summary>In Mbit/s; -1 for what is no speed.</summary>
    public static long Mbits(string text)
    {
        var factor = text.Length == 0 ? 1 : char.ToUpperInvariant(text[^1]) switch { 'G' => 1000, _ => 1 };
        var digits = text.Length > 0 && char.ToUpperInvariant(text[^1]) is 'G' or 'M' ? text.AsSpan(0, text.Length - 1) : text;
        return decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 10_000_000 && number * factor % 1 == 0 ? (long)(number * factor) : -1;
    }

    public override JsonObject AsJson() => Pattern.AnyOf(new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = Fastest }, Pattern.Text("[0-9]+(?:\\.[0-9]+)?[GgMm]?"));
}

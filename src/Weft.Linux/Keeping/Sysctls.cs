// Settings of links under /proc/sys/net/ipv4/conf and net/ipv6/conf that differ from what a new link has: somebody's, and lost
// with the link. The link's own message tells them all, so no link's files are read; only those of `default` are, once.
// Surprise: netlink does not take IPv6's, so what is kept of either family is no message but lines for their files.

using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux.Keeping;

/// <summary>What new links of this namespace start with, and what differs from it.</summary>
internal sealed class Sysctls
{
    private const string V4 = ConfLines.V4, V6 = ConfLines.V6;

    private readonly ImmutableArray<(SysctlLine Line, int Usual)> inet;
    private readonly ImmutableArray<(SysctlLine Line, int Usual)> inet6;

    private Sysctls(ImmutableArray<(SysctlLine, int)> inet, ImmutableArray<(SysctlLine, int)> inet6) => (this.inet, this.inet6) = (inet, inet6);

    /// <summary>Reads what new links start with. A setting that this kernel does not have is left out.</summary>
    public static Sysctls OfNewLinks() => new(Usual(V4, SysctlLines.Inet), Conf.Has(V6) ? Usual(V6, SysctlLines.Inet6) : []);

    /// <summary>The lines of the attribute table among them.</summary>
    public Settings NewLinks => Settings.Of(Told.Select(told => (told.Line, Found: (told.Is6 ? inet6 : inet).Where(pair => pair.Line.At == told.At).ToList()))
        .Where(pair => pair.Found.Count > 0).OrderBy(pair => pair.Line.Order).Select(pair => KeyValuePair.Create(pair.Line, Text.At.Nowhere(ValueOf(pair.Line, pair.Found[0].Usual)))));

    /// <summary>What the attribute table names, and where a link's message tells it.</summary>
    private static readonly ImmutableArray<(Attribute Line, int At, bool Is6)> Told =
        [.. ConfLines.All.Select(line => (line, (line.Family == V6 ? SysctlLines.Inet6 : SysctlLines.Inet).Single(known => known.Name == line.Wire).At, line.Family == V6))];

    /// <summary>Where a link's message tells whether its first secondary address takes a primary's place.</summary>
    private static readonly int Promoting = SysctlLines.Inet.Single(line => line.Name == PromoteSecondaries).At;

    private const string PromoteSecondaries = "promote_secondaries";

    public static bool Promotes(AddressFamilies? families) => MemoryMarshal.Cast<byte, int>(families?.Inet?.Conf) is var values && Promoting < values.Length && values[Promoting] != 0;

    /// <summary>The same of all links, whatever each says (IN_DEV_ORCONF).</summary>
    public static bool AllPromote() => Conf.Read(V4, "all", PromoteSecondaries) is { } said && said != "0";

    private static Value ValueOf(Attribute line, int number) => line.Shape is FlagShape ? Value.Of(number != 0) : Value.Of((long)number);

    /// <summary>Puts a link's own into their slots.</summary>
    public static void Tell(AddressFamilies? families, Slots to)
    {
        foreach (var (line, at, is6) in Told)
        {
            var values = MemoryMarshal.Cast<byte, int>(is6 ? families?.Inet6?.Conf : families?.Inet?.Conf);
            if (at < values.Length)
                to.Put(line, ValueOf(line, values[at]));
        }
    }

    /// <summary>Adds what differs on a link and the attribute table does not name: one thing a family. The loopback has settings of its own and never goes.</summary>
    public void Tell(LinkMessage link, string name, List<Kept> to)
    {
        if (link.Header.Flags.HasFlag(LinkFlags.Loopback))
            return;
        Tell(KeptKind.Sysctl4, V4, inet, link.Families?.Inet?.Conf, name, to);
        Tell(KeptKind.Sysctl6, V6, inet6, link.Families?.Inet6?.Conf, name, to);
    }

    /// <summary>Writes what is kept to the files of its link; the first that the kernel refuses ends it.</summary>
    public static Refusal? Write(Kept kept)
    {
        var (family, lines) = kept.Kind == KeptKind.Sysctl4 ? (V4, SysctlLines.Inet) : (V6, SysctlLines.Inet6);
        foreach (var line in Encoding.ASCII.GetString(kept.Message!.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // It may come from a file: nothing but a number goes into nothing but a file of the table.
            var words = line.Split('=');
            if (words.Length != 2 || !lines.Any(known => known.Name == words[0]) || !IsNumber(words[1]))
                return new("EINVAL", $"this is no setting of a link: {kept.Words}");
            if (Conf.Write(family, kept.Link, words[0], words[1]) is { } refusal)
                return refusal;
        }
        return null;
    }

    private static void Tell(KeptKind kind, string family, ImmutableArray<(SysctlLine Line, int Usual)> lines, byte[]? conf, string name, List<Kept> to)
    {
        var values = MemoryMarshal.Cast<byte, int>(conf);
        StringBuilder? said = null;
        foreach (var (line, usual) in lines)
            if (!IsInTable(line, family) && line.At < values.Length && values[line.At] is var value && value != usual && value != line.Own)
                (said ??= new()).Append(CultureInfo.InvariantCulture, $"{line.Name}={(line.Unsigned ? (uint)value : value / line.Unit)}\n");
        if (said is not null)
            to.Add(new(kind, name, $"net/{family}/conf/{name} {said.ToString().TrimEnd().Replace('\n', ' ')}") { Message = new(Encoding.ASCII.GetBytes(said.ToString())) });
    }

    private static bool IsInTable(SysctlLine line, string family)
    {
        foreach (var told in Told)
            if (told.At == line.At && told.Line.Family == family)
                return true;
        return false;
    }

    private static ImmutableArray<(SysctlLine, int)> Usual(string family, ImmutableArray<SysctlLine> lines) =>
        [.. lines.Select(line => (line, Value: Conf.Read(family, "default", line.Name))).Where(pair => IsNumber(pair.Value)).Select(pair => (pair.line, (int)(Number(pair.Value!) * pair.line.Unit)))];

    private static bool IsNumber(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number is >= int.MinValue and <= uint.MaxValue;

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}

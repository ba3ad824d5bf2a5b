// Flows from CSV. The first line names the columns, in any order; columns that are not of a flow are passed over. What is wrong is said field by
// field, with its place. A line becomes one frame (CsvFrame).

using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Weft.Text;
using Weft.Twin.Hashing;

namespace Weft.Twin.Flows;

/// <summary>Reads flows from CSV.</summary>
public sealed class FlowCsv
{
    /// <summary>How many mistakes are told one by one.</summary>
    private const int MostFindings = 20;

    private static readonly string[] Columns = ["smac", "dmac", "vlan", "ethertype", "src", "dst", "proto", "sport", "dport"];

    private readonly string file;
    private readonly List<Finding> findings = [];
    private readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    private int tunnels;
    private Place tunnel;

    private FlowCsv(string file) => this.file = file;

    /// <param name="file">The name that findings show.</param>
    /// <param name="text">The whole text.</param>
    public static FlowFile Read(string file, string text)
    {
        var reader = new FlowCsv(file);
        var flows = reader.Flows(new CsvText(file, text));
        return new(flows, [.. reader.findings]);
    }

    private ImmutableArray<Flow> Flows(CsvText csv)
    {
        if (csv.Next(out var bad) is not { } heads)
        {
            findings.Add(Finding.Error("flow-columns", new(file, 1, 1), "there is no line here", "the first line names the columns", $"write {string.Join(',', Columns)}, and a line a flow under it"));
            return [];
        }
        if (bad is not null || !Heads(heads))
        {
            findings.AddRange(bad is null ? [] : [bad]);
            return [];
        }
        var flows = ImmutableArray.CreateBuilder<Flow>();
        while (csv.Next(out bad) is { } cells)
        {
            if (bad is not null)
                Bad(bad);
            else if (cells.Count != heads.Count)
                Bad(Finding.Error("flow-fields", cells[^1].Place, $"this line has {Count(cells.Count)}, and the first line names {heads.Count}", "a field that is missing moves all behind it into other columns", "write every field; one that says nothing stays empty between its commas"));
            else if (Of(cells) is { } flow)
                flows.Add(flow);
            if (findings.Count > MostFindings)
            {
                findings.RemoveRange(MostFindings, findings.Count - MostFindings);
                findings.Add(Finding.Error("flow-mistakes", cells[0].Place, $"from here on mistakes are not told: there were {MostFindings} before", "so many are mostly one, made in every line", "mend those above first"));
                return flows.ToImmutable();
            }
        }
        if (findings.Count == 0 && flows.Count == 0)
            findings.Add(Finding.Error("flow-columns", heads[0].Place, "no flow follows the first line", "there is nothing to hash", "write a line a flow"));
        if (tunnels > 0)
            findings.Add(Finding.Warning("flow-tunnel", tunnel, $"{(tunnels == 1 ? "a flow is" : $"{tunnels} flows are")} a tunnel's, and no column says what is in it", "encap2+3 and encap3+4 look inside, and find nothing here: by them the hash of real packets is another", "record such flows, and give the file with --pcap"));
        return flows.ToImmutable();
    }

    private bool Heads(List<Cell> heads)
    {
        for (var at = 0; at < heads.Count; at++)
        {
            var name = heads[at].Text.ToLowerInvariant();
            if (Columns.Contains(name) && !columns.TryAdd(name, at))
                findings.Add(Finding.Error("flow-columns", heads[at].Place, $"the column {name} is named twice", "which of the two holds has to be known", "take one of them out"));
        }
        var missing = Columns.Where(name => !columns.ContainsKey(name)).ToList();
        if (missing.Count > 0)
        {
            var hint = heads.Count == 1 && heads[0].Text.Contains(';', StringComparison.Ordinal) ? "; semicolons separate nothing here, commas do"
                : string.Concat(missing.Select(name => Nearest.Hint(name, heads.Select(head => head.Text.ToLowerInvariant()).Where(head => head.Length > 0 && !Columns.Contains(head)))).Where(near => near.Length > 0).Take(1));
            findings.Add(Finding.Error("flow-columns", heads[0].Place, $"the first line names no column {string.Join(", ", missing)}{hint}", "the first line says which field stands where", $"name all of {string.Join(',', Columns)}; a column may be empty"));
        }
        return findings.Count == 0;
    }

    private Flow? Of(List<Cell> cells)
    {
        Cell Field(string name) => cells[columns[name]];
        var before = findings.Count;
        var (source, destination) = (Mac(Field("smac")), Mac(Field("dmac")));
        var tag = Field("vlan") is { Text: not ("" or "0") } vlan ? Number(vlan, 1, 4094, "VLAN id", "1 to 4094; 0 or nothing where there is no tag") ?? -1 : -1;
        var (from, to) = (Field("src"), Field("dst"));
        var etherType = EtherType(Field("ethertype"), from.Text);
        var ip = etherType is Ethernet.Ip4 or Ethernet.Ip6 ? etherType == Ethernet.Ip4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6 : (AddressFamily?)null;
        if (ip is null)
            return findings.Count > before ? null : Flow.Of(CsvFrame.Of(source!, destination!, etherType!.Value, Loose(from.Text), Loose(to.Text)), (int)tag);
        var (sender, receiver) = (Address(from, ip.Value), Address(to, ip.Value));
        var protocol = Protocol(Field("proto"), ip.Value);
        // The later fragments of a datagram have no ports: a line that says none is one.
        var isFragment = protocol is { } carried && Protocols.HasPorts(carried) && Field("sport").Text.Length == 0 && Field("dport").Text.Length == 0;
        var (sport, dport) = isFragment ? (0, 0) : protocol is { } known ? Ports(Field("proto"), known, Field("sport"), Field("dport")) : (0, 0);
        if (findings.Count > before)
            return null;
        if (Protocols.IsTunnel(protocol!.Value) && tunnels++ == 0)
            tunnel = Field("proto").Place;
        return new(CsvFrame.Of(source!, destination!, sender!, receiver!, protocol.Value, sport, dport, isFragment), (int)tag);
    }

    private byte[]? Mac(Cell cell)
    {
        var parts = cell.Text.Split(':', '-');
        var mac = new byte[6];
        for (var at = 0; at < 6; at++)
            if (parts.Length != 6 || parts[at].Length is 0 or > 2 || !byte.TryParse(parts[at], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out mac[at]))
            {
                Bad(cell, $"{Said(cell)} is no MAC", "six bytes in hex with colons: 52:54:00:12:34:56");
                return null;
            }
        return mac;
    }

    private int? EtherType(Cell cell, string source)
    {
        if (cell.Text.Length == 0)
            return IPAddress.TryParse(source, out var address) ? address.AddressFamily == AddressFamily.InterNetwork ? Ethernet.Ip4 : Ethernet.Ip6 : Wrong($"neither ethertype nor src says what this flow is", "0800 for IPv4, 86dd for IPv6");
        var text = cell.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? cell.Text[2..] : cell.Text;
        if (cell.Text.ToLowerInvariant() is "ipv4" or "ip" or "ipv6" or "arp")
            return cell.Text.ToLowerInvariant() switch { "arp" => Ethernet.Arp, "ipv6" => Ethernet.Ip6, _ => Ethernet.Ip4 };
        return !ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var type) || type < Ethernet.LeastType ? Wrong($"{Said(cell)} is no EtherType", "four hex digits from 0600 on: 0800 for IPv4, 86dd for IPv6, 0806 for ARP")
            : Ethernet.IsTag(type) ? Wrong($"{Said(cell)} is a tag's EtherType", "what the tag carries, and the tag's id in the column vlan")
            : type;

        int? Wrong(string what, string right)
        {
            Bad(cell, what, right);
            return null;
        }
    }

    private IPAddress? Address(Cell cell, AddressFamily family)
    {
        // The framework takes 10.1 and 0x0a000001 for addresses too.
        if (IPAddress.TryParse(cell.Text, out var address) && address.AddressFamily == family && (family == AddressFamily.InterNetworkV6 || cell.Text == address.ToString()))
            return address;
        var version = family == AddressFamily.InterNetwork ? "IPv4" : "IPv6";
        Bad(cell, $"{Said(cell)} is no {version} address", $"an {version} address, since the EtherType is {version}'s");
        return null;
    }

    private static IPAddress? Loose(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork ? address : null;

    private int? Protocol(Cell cell, AddressFamily family)
    {
        if (Protocols.Number(cell.Text) is not { } number)
        {
            Bad(cell, $"{Said(cell)} is no protocol of IP{Nearest.Hint(cell.Text, Protocols.Names)}", "a name such as tcp, udp, icmp, esp, or a number up to 255");
            return null;
        }
        return number == IpProtocol.Icmp4 && family == AddressFamily.InterNetworkV6 ? IpProtocol.Icmp6 : number;
    }

    private (long Source, long Destination) Ports(Cell protocol, int number, Cell source, Cell destination)
    {
        if (Protocols.HasPorts(number))
            return (Number(source, 0, 65535, $"port of {protocol.Text}", "0 to 65535") ?? 0, Number(destination, 0, 65535, $"port of {protocol.Text}", "0 to 65535") ?? 0);
        var first = source.Text.Length == 0 ? 0
            : Protocols.IsIcmp(number) ? Number(source, 0, 65535, "identifier of an echo", "0 to 65535, or nothing") ?? 0
            : Protocols.IsIpsec(number) ? Number(source, 0, uint.MaxValue, "SPI", "a number of 32 bits, or nothing") ?? 0
            : NoPort(source);
        return (first, destination.Text.Length == 0 ? 0 : NoPort(destination));

        long NoPort(Cell cell)
        {
            Bad(cell, $"{protocol.Text} has no such port", "nothing here");
            return 0;
        }
    }

    private long? Number(Cell cell, long least, long most, string what, string right)
    {
        if (long.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Bad(cell, $"{Said(cell)} is no {what}", right);
        return null;
    }

    private static string Said(Cell cell) => cell.Text.Length == 0 ? "an empty field" : Quote.Of(cell.Text);

    private static string Count(int fields) => fields == 1 ? "one field" : string.Create(CultureInfo.InvariantCulture, $"{fields} fields");

    private void Bad(Cell cell, string what, string right) => Bad(Finding.Error("flow-value", cell.Place, what, "hashed as something else, the flow would take another port", $"write {right}"));

    private void Bad(Finding finding) => findings.Add(finding);
}

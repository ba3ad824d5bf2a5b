// Every attribute of the table on a kernel: set when the link is made, changed while it is up and carries an address, taken out
// of the file and so back at its default; each time `ip` tells the value that the file says, and nothing is left to do. What
// this kernel lacks is listed by name, and refused with the line before anything is sent.

using System.Globalization;
using System.Text.Json;
using Weft.Linux;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Kernel.Tests;

[Trait("makes", "hosts")]
public sealed class AttributeTests(ITestOutputHelper output)
{
    /// <summary>How `ip -d -j` calls what the table calls otherwise.</summary>
    private static readonly Dictionary<(Home, string), string> Names = new()
    {
        [(Home.Data, "peer_notif_delay")] = "peer_notify_delay", [(Home.Data, "num_grat_arp")] = "num_peer_notif", [(Home.Data, "lacp_rate")] = "ad_lacp_rate", [(Home.Data, "lacp_active")] = "ad_lacp_active",
        [(Home.Data, "stp")] = "stp_state", [(Home.Data, "default_pvid")] = "vlan_default_pvid",
        [(Home.Data, "mcast_last_member_count")] = "mcast_last_member_cnt", [(Home.Data, "mcast_startup_query_count")] = "mcast_startup_query_cnt", [(Home.Data, "mcast_last_member_interval")] = "mcast_last_member_intvl",
        [(Home.Data, "mcast_membership_interval")] = "mcast_membership_intvl", [(Home.Data, "mcast_querier_interval")] = "mcast_querier_intvl", [(Home.Data, "mcast_query_interval")] = "mcast_query_intvl",
        [(Home.Data, "mcast_query_response_interval")] = "mcast_query_response_intvl", [(Home.Data, "mcast_startup_query_interval")] = "mcast_startup_query_intvl", [(Home.Port, "mcast_router")] = "multicast_router",
        [(Home.Data, "group_address")] = "group_addr", [(Home.Data, "bc_queue_len")] = "bcqueuelen", [(Home.Data, "max_address")] = "limit", [(Home.Data, "source_port")] = "port_range",
    };

    /// <summary>What stands beside other lines only with care; `OverlayTests` tries them.</summary>
    private static readonly Attribute[] Apart = [VxlanLines.Id, VxlanLines.External, VxlanLines.Lower, VxlanLines.Group];

    /// <summary>What iproute2 6.1 does not print; there Weft's own reading is believed.</summary>
    private static readonly Attribute[] IsOlder = [BondLines.CoupledControl, BondPortLines.ActorPortPrio, BridgeLines.MstEnabled, BridgePortLines.McastEhtHostsLimit];

    /// <summary>What the files of all others say already.</summary>
    private static readonly Attribute[] Alone = [BondLines.Miimon, BondLines.ArpInterval, BondLines.ArpIpTarget];

    /// <summary>Attributes that go into one file: of one kind and home, in one mode, under one monitor; and with WEFT_LONG=1 each alone.</summary>
    private static readonly IReadOnlyList<Attribute[]> Groups =
    [
        .. Table.All.Where(line => line.Home is Home.Data or Home.Port && (line.Change != Change.Recreate || (line.Of(LinkKind.Vxlan) && !Apart.Contains(line))) && line != BondLines.Mode)
            .GroupBy(line => Environment.GetEnvironmentVariable("WEFT_LONG") == "1" || Alone.Contains(line) ? line.Name + line.Kinds[0] + line.Home
                : $"{line.Kinds[0]}{line.Home}{(line.Of(LinkKind.Bond) ? ModeOf(line) : "")}{IsArp(line)}{line == BridgeLines.Stp || line == BridgeLines.VlanFiltering}").Select(group => group.ToArray()),
    ];

    public static TheoryData<int, string> Lines => [.. Groups.Select((group, at) => (at, string.Join(" ", group.Select(line => line.Name))))];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Attributes_are_set_at_creation_changed_live_and_set_back(int group, string names)
    {
        output.WriteLine(names);
        using var host = new BareHost("attributes", "eth0", "eth1");
        var lacking = Abilities.Lacks([.. Groups[group].Where(line => line.IsNotEverywhere)]);
        foreach (var line in lacking)
        {
            output.WriteLine($"this kernel has no {line} of a {line.Kinds[0]} ({line.Home})");
            var refused = host.Try(File([line], line => Words(line)[0]));
            refused.Ending.ShouldBe(Weft.Apply.Ending.Refused);
            refused.Findings.ShouldContain(finding => finding.Rule == "kernel-lacks" && finding.Place.Line > 0);
        }
        Attribute[] there = [.. Groups[group].Where(line => !lacking.Contains(line))];
        if (there.Length == 0)
            return;
        Func<Attribute, string?> one = line => Words(line)[0], other = line => Words(line)[^1], none = _ => null;
        foreach (var value in new[] { one, other, none, one, null, other })
        {
            var file = value is null ? "nics: {eth0: {}}" : File(there, value);
            host.Apply(file);
            host.Plan(file).IsEmpty.ShouldBeTrue();
            if (value is not null)
                Assert.Equal(there.Select(line => $"{line} {Plain(value(line) ?? Usual(line))}"), there.Select(line => $"{line} {Told(host, line)}"));
        }
    }

    [Fact]
    public void What_somebody_set_by_hand_stays_on_a_VLAN_that_is_made_anew_and_on_its_port_and_comes_back_with_an_undo()
    {
        static string File(int id) => $"nics: {{eth0: {{}}}}\nvlans: {{v: {{link: eth0, id: {id}}}}}\nbridges: {{br0: {{ports: [v]}}}}";
        using var host = new BareHost("by-hand", "eth0");
        host.Apply(File(5));
        host.Others("""
            link set v type vlan gvrp on loose_binding on egress-qos-map 1:2
            link set v type bridge_slave isolated on hairpin on flood off mcast_flood off bcast_flood off priority 8 neigh_suppress on guard on root_block on fastleave on proxy_arp on mcast_router 2 vlan_tunnel on locked on cost 250
            link set br0 type bridge ageing_time 12300 mcast_snooping 0 priority 4096 forward_delay 400 group_fwd_mask 8 mcast_startup_query_interval 500 nf_call_iptables 1
            """);
        var before = (Link(host, "v"), Link(host, "br0"));
        host.Apply(File(6));
        (Link(host, "v").Replace("\"id\":6", "\"id\":5", StringComparison.Ordinal), Link(host, "br0")).ShouldBe(before);
        host.Undone(File(7));
        (Link(host, "v").Replace("\"id\":6", "\"id\":5", StringComparison.Ordinal), Link(host, "br0")).ShouldBe(before);

        // The switches and options; what the spanning tree and timers come to from one moment to the next is none of them.
        static string Link(BareHost host, string name)
        {
            var told = JsonDocument.Parse(host.Say($"-d -j link show {name}")).RootElement[0].GetProperty("linkinfo");
            return string.Join('\n', new[] { "info_data", "info_slave_data" }.Where(part => told.TryGetProperty(part, out _)).SelectMany(part => told.GetProperty(part).EnumerateObject())
                .Where(one => !one.Name.EndsWith("_timer", StringComparison.Ordinal) && !one.Name.EndsWith("_id", StringComparison.Ordinal)).Select(one => one.ToString()));
        }
    }

    /// <summary>What hung on the port of a file is the file's: it is not kept beside the attribute as if it were somebody else's.</summary>
    [Fact]
    public void A_backup_that_left_the_file_does_not_come_back_with_ports_that_leave_and_join_again()
    {
        static string File(string port, bool mst) => $"nics: {{eth0: {{}}, eth1: {{}}}}\nbridges: {{br0: {{mst_enabled: {(mst ? "true" : "false")}, ports: {{eth0: {{{port}}}, eth1: {{}}}}}}}}";
        using var host = new BareHost("backup", "eth0", "eth1");
        host.Apply(File("backup_port: eth1", mst: false));
        host.Apply(File("backup_port: eth1", mst: true)).Plan.Steps.ShouldNotContain(step => step is Step.OfKept);
        host.Say("-d link show eth0").ShouldContain("backup_port eth1");
        host.Apply(File("", mst: false)).Plan.Steps.SelectMany(step => step.Disturbs).ShouldNotContain(other => other.Object.Contains("backup_port", StringComparison.Ordinal));
        host.Say("-d link show eth0").ShouldNotContain("backup_port");
    }

    private static string Usual(Attribute line) => (line == BridgePortLines.Cost ? Value.Of(2) : line.Default(Settings.Empty.With(BondLines.Mode, Value.Of(ModeOf(line))))!).ToString()!;

    /// <summary>Two values that are not the default, where there are two.</summary>
    internal static string[] Words(Attribute line)
    {
        var usual = line.Default(Settings.Empty)?.ToString();
        return line.Shape switch
        {
            _ when line == BridgePortLines.Cost => ["250", "7"],
            MapOf => line == VlanLines.EgressQosMap ? ["{0: 1}", "{5: 7, 1: 2}"] : ["{1: 2}", "{0: 3, 7: 100}"],
            _ when line == BondLines.Primary => ["eth1", "eth0"],
            _ when line == BridgePortLines.BackupPort => ["eth1"],
            LinkLocalGroup => ["\"01:80:c2:00:00:0e\"", "\"01:80:c2:00:00:08\""],
            TtlShape => ["64", "32"],
            _ when line == BondLines.MinLinks => ["2", "1"], // No more than there are ports.
            _ when line == BondPortLines.QueueId => ["3", "16"],
            _ when line == BondLines.Miimon => ["200", "50"],
            _ when line == BondLines.ArpIpTarget => ["[10.0.0.7]", "[10.0.0.8, 10.0.0.9]"],
            _ when line == BondLines.NsIp6Target => ["[\"2001:db8::7\"]", "[\"2001:db8::8\", \"2001:db8::9\"]"],
            AddressShape => ["10.0.0.7", "10.0.0.8"],
            PortRange => ["1000-2000", "3000-4000"],
            FlagShape => [usual == "true" ? "false" : "true"],
            OneOf words => [.. words.Words.Select(word => word.Word).Where(word => word != usual && word is not ("actor_port_prio" or "temporary"))],
            MacShape => ["\"02:00:5e:00:00:66\"", "\"02:00:5e:00:00:77\""],
            Count { Unit: Unit.Mask } => ["0x4000", "0x8008"],
            Count count => [.. new[] { 300, 700, 200, 400, 2, 3, 1 }.Where(number => number >= count.Least && number <= count.Most && number.ToString(CultureInfo.InvariantCulture) != usual).Take(2).Select(number => number.ToString(CultureInfo.InvariantCulture))],
            _ => throw new InvalidOperationException($"{line} has a shape that nobody tries"),
        };
    }

    /// <summary>A mode that takes it.</summary>
    private static string ModeOf(Attribute line) => line.Modes.IsEmpty ? BondLines.ActiveBackup : line.Modes[0];

    private static bool IsArp(Attribute line) => line.Name.StartsWith("arp", StringComparison.Ordinal) || line == BondLines.NsIp6Target;

    private static string File(Attribute[] lines, Func<Attribute, string?> value)
    {
        var said = string.Concat(lines.Where(line => value(line) is not null).Select(line => $", {line.Name}: {value(line)}"));
        var first = lines[0];
        var (own, port) = first.Home == Home.Data ? (said, "") : ("", said.Length > 0 ? said[2..] : "");
        port += lines.Contains(BridgePortLines.Mab) && !lines.Contains(BridgePortLines.Locked) ? ", locked: true" : "";
        if (first.Of(LinkKind.Vlan))
            return $"nics: {{eth0: {{}}}}\nbridges: {{br0: {{ports: [eth0]}}}}\nvlans: {{v: {{link: br0, id: 5, addresses: [10.0.0.2/24]{own}}}}}";
        if (first.Of(LinkKind.Vxlan))
            return $"nics: {{eth0: {{}}}}\n# weft: allow vxlan-local-elsewhere because only what the kernel keeps is looked at\nvxlans: {{vx: {{id: 5, link: eth0, addresses: [10.0.0.2/24]{own}}}}}";
        if (first.Of(LinkKind.Macvlan))
            return $"nics: {{eth0: {{}}}}\nmacvlans: {{mv: {{link: eth0, addresses: [10.0.0.2/24]{own}}}}}";
        if (first.Of(LinkKind.Bridge))
            return $"nics: {{eth0: {{}}, eth1: {{}}}}\nbridges: {{br0: {{ports: {{eth0: {{{port}}}, eth1: {{}}}}{(lines.Contains(BridgeLines.VlanFiltering) ? "" : ", vlan_filtering: true")}, addresses: [10.0.0.2/24]{own}}}}}";
        var monitor = first == BondLines.Miimon ? "" : !IsArp(first) ? ", miimon: 100"
            : (first == BondLines.ArpInterval ? "" : ", arp_interval: 100") + (first == BondLines.ArpIpTarget ? "" : ", arp_ip_target: 10.0.0.1");
        return $"nics: {{eth0: {{}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: {{eth0: {{{port}}}, eth1: {{}}}}, mode: {ModeOf(first)}{monitor}, addresses: [10.0.0.2/24]{own}}}}}";
    }

    /// <summary>What `ip` says.</summary>
    private static string Told(BareHost host, Attribute line)
    {
        var link = line.Home == Home.Port ? "eth0" : line.Of(LinkKind.Vlan) ? "v" : line.Of(LinkKind.Vxlan) ? "vx" : line.Of(LinkKind.Macvlan) ? "mv" : line.Of(LinkKind.Bridge) ? "br0" : "bond0";
        var said = JsonDocument.Parse(host.Say($"-d -j link show {link}")).RootElement[0].GetProperty("linkinfo");
        var data = said.GetProperty(line.Home == Home.Port ? "info_slave_data" : "info_data");
        if (line.Shape is MapOf)
            return data.TryGetProperty(line.Name[..^4], out var map) ? string.Join(",", map.EnumerateArray().Select(pair => $"{pair.GetProperty("from")}:{pair.GetProperty("to")}").Order(StringComparer.Ordinal)) : "";
        if (line.Of(LinkKind.Vlan))
            return data.TryGetProperty("flags", out var flags) && flags.EnumerateArray().Any(flag => string.Equals(flag.GetString(), line.Name, StringComparison.OrdinalIgnoreCase)) ? "true" : "false";
        var key = Names.GetValueOrDefault((line.Home, line.Name), line.Name);
        if (!data.TryGetProperty(key, out var value))
            return line.Shape is ListOf or LinkName or AddressShape ? "" : line.Of(LinkKind.Vxlan) ? line.Shape is FlagShape ? "false" : "0" : IsOlder.Contains(line) ? Seen(host, link, line) : $"no {key} in {data}";
        return Plain(value.ValueKind switch
        {
            JsonValueKind.Object => value.GetProperty("low").GetInt32() == 0 ? "" : $"{value.GetProperty("low")}-{value.GetProperty("high")}",
            JsonValueKind.Array => string.Join(",", value.EnumerateArray().Select(item => item.ToString())),
            JsonValueKind.Null => "none",
            JsonValueKind.Number when line.Shape is OneOf words => words.WordOf(value.GetInt64()),
            JsonValueKind.Number when line.Shape is FlagShape => value.GetInt64() != 0 ? "true" : "false",
            _ => value.ToString(),
        });
    }

    private static string Seen(BareHost host, string link, Attribute line)
    {
        var now = host.Inside(kernel => kernel.Observe()).Host;
        return Plain((line.Home == Home.Data ? now.Find(link)!.Settings : now.Links.SelectMany(master => master.Ports).First(port => port.Name.Value == link).Settings).ValueOf(line)!.ToString()!);
    }

    /// <summary>One spelling for what the file and `ip` spell in their own ways.</summary>
    private static string Plain(string value)
    {
        var text = string.Join(',', value.Trim('[', ']', '{', '}').Split(',').Select(part => part.Trim()).Order(StringComparer.Ordinal)).Replace("\"", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return text.StartsWith("0x", StringComparison.Ordinal) ? int.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture)
            : text switch { "on" or "True" => "true", "off" or "False" => "false", _ => text };
    }
}

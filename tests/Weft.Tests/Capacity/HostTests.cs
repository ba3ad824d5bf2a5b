// Whole hosts: the golden texts and documents under specs/capacity, what nobody says, guests, and a running host with its carriers,
// aggregators and PCIe links.

using System.Text;
using System.Text.Json;
using Weft.Apply;
using Weft.Capacity;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Show;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Capacity;

public sealed class HostTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("capacity")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_is_reckoned_as_its_case_says(string name)
    {
        var folder = SpecFiles.PathOf("specs", "capacity", name);
        var path = Path.Combine(folder, "host.yaml");
        var read = HostFile.Read("host.yaml", File.ReadAllText(path));
        read.HasErrors.ShouldBeFalse(Report.Text(read.Findings, new Source("host.yaml", File.ReadAllText(path))));
        var host = Reckoning.Of(read.Host!);
        SpecFiles.ShouldBeGolden(Path.Combine(folder, "capacity.txt"), string.Concat(CapacityText.Of(host, []).Select(line => line + "\n")));
        using var bytes = new MemoryStream();
        using (var to = new Utf8JsonWriter(bytes, new() { Indented = true }))
            CapacityText.WriteJson(to, host, findings: null);
        var json = Encoding.UTF8.GetString(bytes.ToArray());
        using var parsed = JsonDocument.Parse(json);
        parsed.RootElement.GetProperty("capacity").GetProperty("networks").GetArrayLength().ShouldBe(host.Networks.Length);
        if (host.Networks.Length < 20)
            SpecFiles.ShouldBeGolden(Path.Combine(folder, "capacity.json"), json + "\n");
    }

    [Fact]
    public void What_nobody_says_is_unknown_and_what_would_tell_is_said()
    {
        var host = Carried.File("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100, addresses: [192.0.2.5/24]}}\n").Networks.ShouldHaveSingleItem();
        (Carried.Row(host), Carried.Text(host.Figures.AfterNic), Carried.Text(host.Figures.AfterSwitch)).ShouldBe(("? | ? | ?", "?", "?"));
        host.Figures.Limits.Select(limit => limit.Why).ShouldContain("nobody says how fast eth0 is; speed in cabling.eth0 would");
        Carried.Gives(host.Figures).ShouldBe("redundancy");
        Carried.Reasons(host).ShouldBe(["speed-unknown", "speed-unknown", "active-port", "card-unknown", "switch-unknown", "mtu"]);
    }

    [Fact]
    public void A_NIC_alone_survives_nothing()
    {
        var network = Carried.File("nics: {eth0: {speed: 1000, autoneg: false, duplex: full, addresses: [192.0.2.5/24]}}\n").Networks.ShouldHaveSingleItem();
        (Carried.Row(network), Carried.Text(network.Figures.AfterNic), Carried.Text(network.Figures.AfterSwitch), Carried.Gives(network.Figures)).ShouldBe(("1 | 1 | 0", "0", "0", ""));
    }

    [Fact]
    public void Emulated_models_are_bound_by_the_processor_and_virtio_by_the_wire()
    {
        var host = Carried.File("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}, br1: {}}\nguests:\n" + string.Concat(new[] { "virtio", "e1000", "e1000e", "rtl8139", "odd" }.Select(model => $"  {model}: {{nics: [{{bridge: br0, model: {model}}}]}}\n")) + "  inner: {nics: [{bridge: br1, model: virtio}]}\ncabling: {eth0: {switch: a, speed: 10G}}\nswitches: {a: {}}\n");
        host.Guests.Select(guest => $"{guest.Guest} {Carried.Text(guest.Figures.Flow)} {string.Join(',', guest.Figures.Limits.Select(limit => limit.What))}").ShouldBe(["virtio 10 ", "e1000 cpu guest-nic", "e1000e cpu guest-nic", "rtl8139 cpu guest-nic", "odd 10 guest-nic", "inner cpu "]);
        host.Networks.Single(network => network.Name == "br0").Figures.Limits.ShouldContain(limit => limit.What == "cpu" && limit.Of == Whose.Guest);
    }

    [Fact]
    public void One_guest_is_hashed_like_a_host_of_its_own()
    {
        string Guest(string policy) => Carried.Text(Carried.File($"nics: {{eth0: {{}}, eth1: {{}}}}\nbonds: {{bond0: {{ports: [eth0, eth1], mode: 802.3ad, xmit_hash_policy: {policy}}}}}\nbridges: {{br0: {{ports: [bond0]}}}}\ncabling: {{eth0: {{switch: a, speed: 10G}}, eth1: {{switch: a, speed: 10G}}}}\nswitches: {{a: {{}}}}\n").Networks.Single().Figures.Guest);
        (Guest("layer2"), Guest("layer2+3"), Guest("vlan+srcmac")).ShouldBe(("10-20", "20", "10"));
    }

    [Fact]
    public void Guests_take_no_part_in_what_balance_alb_spreads_of_what_comes_in() =>
        Carried.Text(Carried.File("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth0, eth1], mode: balance-alb}}\nvlans: {bond0.5: {link: bond0, id: 5}}\nbridges: {br0: {ports: [bond0.5]}}\ncabling: {eth0: {switch: a, speed: 10G}, eth1: {switch: a, speed: 10G}}\nswitches: {a: {}}\n")
            .Networks.Single(network => network.Name == "br0").Figures.All).ShouldBe("20 out, 10 in");

    [Fact]
    public void A_running_host_is_reckoned_by_its_carriers_and_aggregators()
    {
        var network = CapacityText.Observed(new Observation(ShowObserved.Kvm, null), Ledger.Empty).Networks;
        network.Select(one => $"{one.Name} over {one.Over?.Name} {one.Guests}: {Carried.Row(one)}").ShouldBe(["bond0.3081 over bond0 0: 10 | 10 | 0", "br3080 over bond0 1: 10 | 10 | 0"], ignoreOrder: true);
        Carried.Reasons(network[0]).ShouldContain("no-carrier");
    }

    [Fact]
    public void The_narrowest_PCIe_link_on_the_way_counts_and_what_is_behind_it_shares_it()
    {
        // Two cards of two ports behind one switch: each card in 16 lanes, the switch in 8.
        Link Port(int at) => ShowObserved.Nic(at + 2, $"eth{at}", "bond0") is var nic ? nic with
        {
            State = nic.State! with { Speed = 40_000, Pci = $"0000:0{3 + (at / 2)}:00.{at % 2}", Pcie = [new($"0000:0{3 + (at / 2)}:00", 3, 16), new($"0000:02:0{at / 2}.0", 3, 16), new("0000:01:00.0", 3, 8), new("0000:00:01.0", 3, 8)] },
        } : nic;
        Host Of(int ports) => new() { Links = [.. Enumerable.Range(0, ports).Select(Port), ShowObserved.Made(9, "bond0", LinkKind.Bond, (BondLines.Mode, Value.Of(BondLines.Lacp)), (BondLines.XmitHashPolicy, Value.Of("layer3+4"))).With(ports: [.. Enumerable.Range(0, ports).Select(at => $"eth{at}")], addresses: ["192.0.2.5/24"])] };
        var four = Reckoning.Of(Of(4)).Networks.ShouldHaveSingleItem();
        (Carried.Row(four), Carried.Text(four.Figures.AfterNic)).ShouldBe(("40 | 63.008 | 63.008", "63.008"));
        Carried.Reasons(four).Count(what => what == "pcie").ShouldBe(1);
        Carried.Row(Reckoning.Of(Of(1)).Networks.ShouldHaveSingleItem()).ShouldBe("40 | 40 | 0");
    }

    [Theory]
    [InlineData("active-backup")]
    [InlineData("802.3ad")]
    public void A_bond_of_very_many_ports_is_no_matter_of_minutes(string mode)
    {
        const int Many = 1000;
        var names = string.Join(", ", Enumerable.Range(0, Many).Select(at => $"e{at}"));
        var text = $"nics: {{{string.Join(", ", Enumerable.Range(0, Many).Select(at => $"e{at}: {{}}"))}}}\nbonds: {{bond0: {{ports: [{names}], mode: {mode}, miimon: 100}}}}\n"
            + $"cabling: {{{string.Join(", ", Enumerable.Range(0, Many).Select(at => $"e{at}: {{switch: sw, speed: 10G}}"))}}}\nswitches: {{sw: {{}}}}\n";
        var host = HostFile.Read("host.yaml", text).Host!;
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Reckoning.Of(host).Networks.ShouldHaveSingleItem().Figures.AfterCable.Out.Most.ShouldBe(mode == "802.3ad" ? 10_000 * (Many - 1) : 10_000);
        // It took a minute when each port was compared with each other after each failure.
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Names_show_their_own_networks_alone_and_a_thousand_are_one_line()
    {
        var host = Reckoning.Of(HostFile.Read("host.yaml", File.ReadAllText(SpecFiles.PathOf("specs", "capacity", "thousand", "host.yaml"))).Host!);
        host.Networks.Length.ShouldBe(1001);
        CapacityText.Of(host, []).Length.ShouldBeLessThan(20);
        CapacityText.Of(host, [], all: true).Length.ShouldBeGreaterThan(1001);
        var one = CapacityText.Of(host, ["br1500"]).Select(line => line.ToString()).ToList();
        (one.Count(line => line.TrimStart().StartsWith("br", StringComparison.Ordinal) && line.Contains("10G", StringComparison.Ordinal)), one.Exists(line => line.StartsWith("  br1500 ", StringComparison.Ordinal))).ShouldBe((1, true));
    }
}

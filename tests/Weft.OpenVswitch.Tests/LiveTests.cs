// Rows on a real ovsdb-server with the schema of a switch: what is applied is read back as the same, others' ports stay, a change is no more than what changed, and a
// refusal has the line of the file that it comes from.

using Weft.Ovsdb;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Replicas;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Tests;
using Weft.Ovsdb.Values;
using Weft.Tests;

namespace Weft.OpenVswitch.Tests;

public sealed class LiveTests : IDisposable
{
    private const string Bonded = """
        backend: openvswitch
        nics: {eth0: {}, eth1: {}, eth2: {}}
        bonds:
          bond0: {ports: [eth0, eth1], mode: active-backup, updelay: 31000}
        networks:
          vm: {link: bond0, vlan: 12}
          storage: {link: bond0, vlan: 13, addresses: [10.0.13.1/24], mtu: 1400}
        bridges:
          br0: {ports: [eth2], stp: true, ageing_time: 300s}
        """;

    private readonly OvsdbServer server = new();
    private readonly Client client;
    private readonly Schema schema;
    private readonly Replica replica;

    public LiveTests()
    {
        client = server.Connect();
        schema = client.Schema("Open_vSwitch").Value.ShouldNotBeNull();
        replica = client.Follow(schema, Observed.Wanted).Value.ShouldNotBeNull();
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    public static TheoryData<string> Cases => [.. SpecFiles.Cases("openvswitch")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_applied_is_read_back_and_undone(string name)
    {
        var wish = Hosts.Rows(File.ReadAllText(SpecFiles.PathOf("specs", "openvswitch", name, "host.yaml")));
        var (none, before) = (Observed.Of(replica), SwitchRows.None);
        var change = Apply(before, wish);
        change.Lost.ShouldBeEmpty();
        replica[Cells.Root].Values.ShouldHaveSingleItem()["next_cfg"]!.Integer.ShouldBe(1);
        var seen = Observed.Of(replica);
        foreach (var row in wish.All)
        {
            var there = seen.Find(row.Is).ShouldNotBeNull($"{row.Is}");
            there.Owner.ShouldBe(row.Owner);
            foreach (var (cell, said) in row.Cells.Where(cell => cell.Value.Value.Count > 0))
                there[cell].ShouldBe(said.Value, $"{row.Is} {cell}");
        }
        seen.All.Length.ShouldBe(wish.All.Length);
        Change.Of(wish, wish, seen, schema).IsEmpty.ShouldBeTrue("what is as it is wished needs nothing");
        Change.Of(SwitchRows.None, wish, seen, schema).IsEmpty.ShouldBeTrue("and where nobody remembers the file before, neither");
        Apply(wish, change.Back);
        Observed.Of(replica).All.Length.ShouldBe(none.All.Length);
    }

    [Fact]
    public void Others_ports_and_keys_stay()
    {
        var wish = Hosts.Rows(Bonded);
        Apply(SwitchRows.None, wish);
        Foreign("br-bond0", "vnet0", 12);
        Direct(new Transaction(schema).Put(Cells.Port, Uuid(Cells.Port, "bond0"), "other_config", Datum.Words(("bond-hash-basis", "7"))).Put(Cells.Port, Uuid(Cells.Port, "bond0"), "external_ids", Datum.Words(("theirs", "1"))));
        var next = Hosts.Rows(Bonded.Replace("updelay: 31000", "updelay: 200, lacp_rate: fast, bond_mode: balance-slb", StringComparison.Ordinal).Replace("ports: [eth2]", "ports: []", StringComparison.Ordinal));
        Apply(wish, next).Lost.ShouldBeEmpty();
        var bond = Row(Cells.Port, "bond0");
        bond["other_config"].ShouldBe(Datum.Words(("bond-hash-basis", "7"), ("lacp-time", "fast")));
        bond["external_ids"].ShouldBe(Datum.Words(("theirs", "1"), ("weft", "bond0")));
        bond["bond_mode"].ShouldBe("balance-slb");
        bond["bond_updelay"].ShouldBe(200);
        replica.Find(Cells.Port, "name", "eth2").ShouldBeNull();
        Row(Cells.Port, "vnet0")["tag"].ShouldBe(12);
        // What leaves the file goes back to what is usual, and the rest of the map stays.
        Apply(next, wish);
        Row(Cells.Port, "bond0")["other_config"].ShouldBe(Datum.Words(("bond-hash-basis", "7")));
    }

    [Fact]
    public void A_change_is_no_more_than_what_changed()
    {
        var wish = Hosts.Rows(Bonded);
        Apply(SwitchRows.None, wish);
        var next = Hosts.Rows(Bonded.Replace("updelay: 31000", "updelay: 300", StringComparison.Ordinal));
        var change = Change.Of(wish, next, Observed.Of(replica), schema);
        change.Transaction.Operations.Select(operation => $"{operation}").ShouldBe(["wait for Port", "update Port", "mutate Open_vSwitch", "select from Open_vSwitch"]);
        change.Places.Select(place => place.Line).ShouldBe([4, 4, 0, 0]);
    }

    /// <summary>A NIC with a port of its own becomes a bond's, and its VLAN the bond's, and back, in one transaction each.</summary>
    [Fact]
    public void A_nic_becomes_a_bonds_and_its_own_again()
    {
        var alone = Hosts.Rows("backend: openvswitch\nnics: {eth0: {}, eth1: {}}\nnetworks: {vm: {link: eth0, vlan: 12}}\n");
        var bonded = Hosts.Rows(Bonded);
        Apply(SwitchRows.None, alone);
        var nic = Uuid(Cells.Interface, "eth0");
        var change = Apply(alone, bonded);
        Row(Cells.Port, "bond0")["interfaces"]!.Rows.ShouldContain(nic, "the interface is the same, and its link does not go");
        replica.Find(Cells.Bridge, "name", "br-eth0").ShouldBeNull();
        Apply(bonded, change.Back);
        Uuid(Cells.Interface, "eth0").ShouldBe(nic);
        Change.Of(alone, alone, Observed.Of(replica), schema).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void A_bridge_that_goes_tells_whose_ports_go_with_it()
    {
        var wish = Hosts.Rows(Bonded);
        Apply(SwitchRows.None, wish);
        Foreign("br0", "vnet7", null);
        var change = Apply(wish, Hosts.Rows("backend: openvswitch\nnics: {eth0: {}, eth1: {}, eth2: {}}\n"));
        change.Lost.ShouldHaveSingleItem().Is.Name.ShouldBe("vnet7");
        replica[Cells.Port].ShouldBeEmpty();
        // And the way back has it again.
        Apply(SwitchRows.None, change.Back);
        Row(Cells.Port, "vnet7")["external_ids"]!.Count.ShouldBe(0);
        Change.Of(wish, wish, Observed.Of(replica), schema).IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Who_was_there_first_wins_and_nothing_is_done()
    {
        var wish = Hosts.Rows(Bonded);
        Apply(SwitchRows.None, wish);
        var next = Hosts.Rows(Bonded.Replace("updelay: 31000", "updelay: 300", StringComparison.Ordinal));
        var change = Change.Of(wish, next, Observed.Of(replica), schema);
        Direct(new Transaction(schema).Update(Cells.Port, Uuid(Cells.Port, "bond0"), new(("bond_updelay", 5))));
        var failure = client.Transact(change.Transaction).Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Changed);
        change.Told(failure).Place.Line.ShouldBe(4);
        Row(Cells.Port, "bond0")["bond_updelay"].ShouldBe(5);
        // A port whose name is taken meanwhile is found in the same way, at the line that declares it.
        var more = Hosts.Rows(Bonded.Replace("networks:", "networks:\n  more: {link: bond0, vlan: 14}", StringComparison.Ordinal));
        var second = Change.Of(wish, more, Observed.Of(replica), schema);
        Foreign("br0", "br14", null);
        var taken = second.Told(client.Transact(second.Transaction).Failure.ShouldNotBeNull());
        taken.Place.Line.ShouldBe(6);
        taken.What.ShouldContain("Port");
    }

    /// <summary>What only the server refuses is told at the line of the value too.</summary>
    [Fact]
    public void What_the_server_refuses_has_the_files_line()
    {
        var wish = Hosts.Rows(Bonded);
        // As if the schema that was read knew no words of modes, and the server's did.
        var port = schema.Find(Cells.Port)!;
        var mode = port.Columns["bond_mode"];
        var lenient = schema with { Tables = schema.Tables.SetItem(Cells.Port, port with { Columns = port.Columns.SetItem("bond_mode", mode with { Type = mode.Type with { Key = mode.Type.Key with { Words = null } } }) }) };
        var bond = wish.Find(new(Cells.Port, "bond0"))!;
        var odd = new SwitchRows(wish.All.Select(row => row == bond ? row with { Cells = row.Cells.SetItem(Cells.BondMode, Text.At.Of<Datum>("balance-odd", bond.Cells[Cells.BondMode].Place)) } : row));
        var change = Change.Of(SwitchRows.None, odd, Observed.Of(replica), lenient);
        var failure = client.Transact(change.Transaction).Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(FailureKind.Constraint);
        change.Told(failure).Place.Line.ShouldBe(4);
        replica[Cells.Bridge].ShouldBeEmpty("nothing half-made stays");
        // With the schema as it is, it is found before anything is sent.
        Change.Of(SwitchRows.None, odd, Observed.Of(replica), schema).Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Place.Line.ShouldBe(4), one => one.What.ShouldContain("balance-odd"));
    }

    [Fact]
    public void A_column_that_this_switch_does_not_have_is_a_finding()
    {
        var old = schema with { Tables = schema.Tables.SetItem(Cells.Port, schema.Find(Cells.Port)! with { Columns = schema.Find(Cells.Port)!.Columns.Remove("lacp").Remove("protected") }) };
        var change = Change.Of(SwitchRows.None, Hosts.Rows(Bonded), Observed.Of(replica), old);
        change.Findings.ShouldHaveSingleItem().ShouldSatisfyAllConditions(one => one.Rule.ShouldBe("openvswitch-lacks"), one => one.Place.Line.ShouldBe(4), one => one.What.ShouldContain("has no column lacp"), one => one.Why.ShouldContain("schema"));
        change.IsEmpty.ShouldBeTrue();
    }

    /// <summary>Every line of the table is a column of the switch that is tried here.</summary>
    [Fact]
    public void Every_cell_is_a_column() =>
        Cells.Known.SelectMany(table => table.Value.Select(cell => schema.Find(table.Key, cell.Column).Failure)).OfType<Failure>().ShouldBeEmpty();

    [Fact]
    public void A_thousand_networks_are_one_transaction()
    {
        var wish = Hosts.Rows(Hosts.Networks(1000));
        var began = System.Diagnostics.Stopwatch.StartNew();
        Apply(SwitchRows.None, wish);
        TestContext.Current.SendDiagnosticMessage($"1000 networks in {began.ElapsedMilliseconds} ms");
        began.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
        replica[Cells.Port].Count.ShouldBe(1002);
        Change.Of(wish, wish, Observed.Of(replica), schema).IsEmpty.ShouldBeTrue();
        Apply(wish, Hosts.Rows(Hosts.Networks(999)));
        replica[Cells.Port].Count.ShouldBe(1001);
    }

    private Change Apply(SwitchRows before, SwitchRows wish)
    {
        var change = Change.Of(before, wish, Observed.Of(replica), schema);
        change.Findings.ShouldBeEmpty();
        change.Places.Length.ShouldBe(change.Transaction.Operations.Length);
        client.Transact(change.Transaction).Failure.ShouldBeNull();
        return change;
    }

    private void Foreign(string bridge, string name, long? tag)
    {
        var theirs = new Transaction(schema);
        var end = theirs.Insert(Cells.Interface, new(("name", name)));
        theirs.Put(Cells.Bridge, Uuid(Cells.Bridge, bridge), "ports", theirs.Insert(Cells.Port, new([("name", name), ("interfaces", end), .. tag is { } id ? [("tag", (Datum)id)] : Array.Empty<(string, Datum)>()])));
        Direct(theirs);
    }

    private void Direct(Transaction transaction) => client.Transact(transaction).Failure.ShouldBeNull();

    private Guid Uuid(string table, string name) => replica.Find(table, "name", name).ShouldNotBeNull($"{table} {name}").Key;

    private Row Row(string table, string name) => replica.Find(table, "name", name).ShouldNotBeNull($"{table} {name}").Value;
}

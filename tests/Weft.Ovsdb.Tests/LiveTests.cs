// Against a real ovsdb-server with the schema of a switch: what it tells, what a transaction does and does not, what it refuses, and that a replica is what a select
// says.

using System.Diagnostics;
using Weft.Ovsdb.Operations;
using Weft.Ovsdb.Schemas;
using Weft.Ovsdb.Values;
using Weft.Ovsdb.Wire;

namespace Weft.Ovsdb.Tests;

public sealed class LiveTests : IDisposable
{
    private readonly OvsdbServer server = new();
    private readonly Client client;
    private readonly Schema schema;
    private readonly Guid root;

    public LiveTests()
    {
        client = server.Connect();
        schema = client.Schema("Open_vSwitch").Value.ShouldNotBeNull();
        root = Good(new Transaction(schema).Do(new Operation.Insert("Open_vSwitch", new Row()))).Done[0].Row!.Value;
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    [Fact]
    public void A_server_tells_its_databases_and_what_they_consist_of()
    {
        client.Echo().ShouldBeNull();
        client.Databases().Value.ShouldBe(["_Server", "Open_vSwitch"], ignoreOrder: true);
        schema.Find("Open_vSwitch")!.MaxRows.ShouldBe(1);
        schema.Find("Open_vSwitch")!.IsRoot.ShouldBeTrue();
        schema.Find("Bridge")!.IsRoot.ShouldBeFalse();
        schema.Find("Port")!.Indexes.ShouldHaveSingleItem().ShouldBe(["name"]);
        var port = schema.Find("Port")!;
        port.Find("bond_mode")!.Type.Key.Words!.Value.Select(word => $"{word}").ShouldBe(["active-backup", "balance-slb", "balance-tcp"]);
        port.Find("tag")!.Type.ShouldBe(new ColumnType(new(AtomType.Integer) { Least = 0L, Most = 4095L }) { Min = 0 });
        port.Find("trunks")!.Type.Max.ShouldBe(4096);
        port.Find("interfaces")!.Type.Key.ShouldBe(new BaseType(AtomType.Uuid) { Refers = "Interface" });
        port.Find("name")!.IsMutable.ShouldBeFalse();
        schema.Find("Interface")!.Find("error")!.IsEphemeral.ShouldBeFalse();
        schema.Find("Interface")!.Find("ofport")!.Type.Min.ShouldBe(0);
        schema.Find("Mirror")!.Find("output_port")!.Type.Key.IsStrong.ShouldBeFalse();
        schema.Find("Port", "external_ids").Value!.Type.IsMap.ShouldBeTrue();
    }

    [Fact]
    public void What_a_database_does_not_have_is_a_value()
    {
        schema.Find("Nothing", "name").Failure.ShouldNotBeNull().ShouldSatisfyAllConditions(no => no.Kind.ShouldBe(FailureKind.WrongSchema), no => no.What.ShouldContain("has no table Nothing"));
        schema.Find("Port", "colour").Failure.ShouldNotBeNull().Place.ShouldBe("Port.colour");
        client.Schema("Nothing").Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NoDatabase);
        var replica = client.Follow(schema, ("Nothing", ["name"]), ("Port", ["name", "colour"])).Value.ShouldNotBeNull();
        replica.Wanted.ShouldHaveSingleItem().Value.ShouldBe(["name"]);
        replica["Nothing"].ShouldBeEmpty();
        client.Transact(new Transaction(schema).Do(new Operation.Insert("Nothing", new Row()))).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.WrongSchema);
        // A schema that was read before the database had another.
        var port = schema.Find("Port")!;
        var old = schema with { Tables = schema.Tables.Add("Nothing", port with { Name = "Nothing" }).SetItem("Port", port with { Columns = port.Columns.Add("colour", new("colour", new(new(AtomType.Text)))) }) };
        foreach (var operation in new Operation[] { new Operation.Select("Nothing"), new Operation.Insert("Port", new(("name", "x"), ("colour", "red"), ("interfaces", Guid.NewGuid()))) })
            client.Transact(new Transaction(old).Do(operation)).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.WrongSchema);
    }

    [Fact]
    public void A_bridge_comes_whole_and_others_ports_stay()
    {
        var bridge = Bridge("br0");
        using var other = server.Connect();
        var theirs = new Transaction(schema);
        theirs.Put("Bridge", bridge, "ports", Port(theirs, "vnet0", ("external_ids", Datum.Words(("iface-id", "x"), ("vm-id", "y")))));
        other.Transact(theirs).Failure.ShouldBeNull();

        var ours = new Transaction(schema).Expect("Bridge", bridge, new(("name", "br0"), ("stp_enable", false)));
        var port = Port(ours, "eth0", ("tag", 7));
        ours.Put("Bridge", bridge, "ports", port).Put("Bridge", bridge, "other_config", Datum.Words(("hwaddr", "02:00:00:00:00:01")));
        Good(ours);
        Selected("Port", "name").ShouldBe(["br0", "eth0", "vnet0"]);
        Good(new Transaction(schema).Take("Bridge", bridge, "ports", Row("Port", "eth0")).Take("Bridge", bridge, "other_config", "hwaddr"));
        Selected("Port", "name").ShouldBe(["br0", "vnet0"], "a row that nobody refers to goes");
        Selected("Interface", "name").ShouldBe(["br0", "vnet0"]);
        Selected("Bridge", "other_config").ShouldBe(["[]"]);
    }

    [Theory]
    [InlineData("twice", FailureKind.Constraint)]
    [InlineData("referred", FailureKind.Reference)]
    [InlineData("changed", FailureKind.Changed)]
    [InlineData("there", FailureKind.Changed)]
    [InlineData("abort", FailureKind.Aborted)]
    [InlineData("none of its words", FailureKind.Constraint)]
    [InlineData("out of range", FailureKind.Constraint)]
    [InlineData("too many", FailureKind.Constraint)]
    [InlineData("of another type", FailureKind.Constraint)]
    [InlineData("for good", FailureKind.Constraint)]
    [InlineData("reckoned", FailureKind.Constraint)]
    [InlineData("name of nobody", FailureKind.Reference)]
    public void What_is_refused_is_told_and_nothing_is_done(string what, FailureKind kind)
    {
        var bridge = Bridge("br0");
        var before = Selected("Bridge", "_version");
        var transaction = new Transaction(schema).Update("Bridge", bridge, new(("stp_enable", true)));
        switch (what)
        {
            case "twice":
                transaction.Put("Bridge", bridge, "ports", Port(transaction, "br0"));
                break;
            case "referred":
                transaction.Delete("Interface", Row("Interface", "br0"));
                break;
            case "changed":
                transaction.Expect("Bridge", bridge, new(("name", "br0"), ("datapath_type", "netdev")));
                break;
            case "there":
                transaction.ExpectNone("Port", new Condition("name", Comparison.Is, "br0"));
                break;
            case "abort":
                transaction.Do(new Operation.Comment("a trial")).Do(new Operation.Abort());
                break;
            case "none of its words":
                transaction.Update("Port", Row("Port", "br0"), new(("bond_mode", "balance-rr")));
                break;
            case "out of range":
                transaction.Update("Port", Row("Port", "br0"), new(("tag", 4096)));
                break;
            case "too many":
                transaction.Update("Port", Row("Port", "br0"), new(("tag", Datum.Set(1, 2))));
                break;
            case "of another type":
                transaction.Update("Port", Row("Port", "br0"), new(("tag", "one")));
                break;
            case "for good":
                transaction.Update("Port", Row("Port", "br0"), new(("name", "br1")));
                break;
            case "reckoned":
                transaction.Do(new Operation.Mutate("Port", [new("name", Mutator.Add, 1)]));
                break;
            default:
                transaction.Put("Bridge", bridge, "ports", new Atom.Named("nobody"));
                break;
        }
        var failure = client.Transact(transaction).Failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(kind, failure.ToString());
        failure.IsUncertain.ShouldBeFalse();
        foreach (var said in new[] { failure.Place, failure.What, failure.Why, failure.Mend })
            said.ShouldNotBeNullOrWhiteSpace();
        Selected("Bridge", "_version").ShouldBe(before);
        client.Broken.ShouldBeNull();
    }

    [Fact]
    public void A_replica_has_a_change_before_its_answer_and_those_of_others_when_they_come()
    {
        var replica = client.Follow(schema, ("Bridge", ["name", "ports", "other_config", "datapath_version"]), Configured.Wanted).Value.ShouldNotBeNull();
        replica.Method.ShouldBe("monitor_cond_since");
        var bridge = Bridge("br0");
        replica["Bridge"][bridge]["name"]!.Text.ShouldBe("br0");
        replica["Bridge"][bridge].Columns.ShouldBe(["datapath_version", "name", "other_config", "ports"]);
        using var other = server.Connect();
        other.Transact(new Transaction(schema).Put("Bridge", bridge, "other_config", Datum.Words(("a", "1"), ("b", "2")))).Failure.ShouldBeNull();
        client.Await(() => replica["Bridge"][bridge]["other_config"]!.Count == 2, TimeSpan.FromSeconds(10), "the other's change").ShouldBeNull();
        other.Transact(new Transaction(schema).Do(new Operation.Update("Bridge", new(("other_config", Datum.Words(("a", "3"), ("c", "4")))))) ).Failure.ShouldBeNull();
        client.Await(() => replica["Bridge"][bridge]["other_config"]!.Word("a") == "3", TimeSpan.FromSeconds(10), "the other's change").ShouldBeNull();
        replica.Find("Bridge", "other_config", Datum.Words(("a", "3"), ("c", "4")))!.Value.Key.ShouldBe(bridge);
        Good(new Transaction(schema).Do(new Operation.Update("Open_vSwitch", new(("bridges", Datum.Empty)))));
        replica["Bridge"].ShouldBeEmpty();
    }

    [Fact]
    public void The_switch_is_waited_for_and_no_longer_than_told()
    {
        var replica = client.Follow(schema, Configured.Wanted).Value!;
        var configuration = Configured.Of(Good(Configured.Count(new Transaction(schema)))).ShouldNotBeNull();
        configuration.ShouldBe(1);
        var began = Stopwatch.StartNew();
        var late = Configured.Await(client, replica, configuration, TimeSpan.FromMilliseconds(200)).ShouldNotBeNull();
        late.Kind.ShouldBe(FailureKind.TimedOut);
        late.Mend.ShouldContain("ovs-vswitchd");
        began.Elapsed.ShouldBeInRange(TimeSpan.FromMilliseconds(150), TimeSpan.FromSeconds(5));
        using var other = server.Connect();
        other.Transact(new Transaction(schema).Update("Open_vSwitch", root, new(("cur_cfg", configuration)))).Failure.ShouldBeNull();
        Configured.Await(client, replica, configuration, TimeSpan.FromSeconds(10)).ShouldBeNull();
    }

    [Fact]
    public void A_server_that_is_killed_is_told_and_one_that_is_back_goes_on_where_it_was()
    {
        var replica = client.Follow(schema, ("Bridge", ["name"])).Value!;
        Bridge("br0");
        server.Kill();
        var gone = client.Transact(new Transaction(schema).Do(new Operation.Comment("nobody hears it"))).Failure.ShouldNotBeNull();
        gone.Kind.ShouldBe(FailureKind.Disconnected);
        gone.IsUncertain.ShouldBeTrue();
        client.Echo().ShouldBe(client.Broken);
        Client.Connect(server.Remote).Failure.ShouldNotBeNull().Kind.ShouldBe(FailureKind.NoServer);
        server.Start();
        using var again = server.Connect();
        again.Transact(new Transaction(schema).Do(new Operation.Update("Open_vSwitch", new(("bridges", Datum.Empty))))).Failure.ShouldBeNull();
        again.Follow(replica).ShouldBeNull();
        replica["Bridge"].ShouldBeEmpty();
    }

    /// <summary>Whenever it dies, a transaction is there whole or not at all, and one that was answered is there.</summary>
    [Fact]
    public void A_server_that_is_killed_in_the_middle_has_done_all_of_it_or_nothing()
    {
        var (random, answered, asked) = (Chance.Of(3), new List<string>(), 0);
        for (var round = 0; round < 12; round++)
        {
            using var doing = server.Connect();
            var killer = new Thread(() =>
            {
                // Any moment is as good as another: that is what is tried.
                Thread.Sleep(random.Next(30));
                server.Kill();
            });
            killer.Start();
            for (Failure? failure = null; failure is null;)
            {
                var (name, transaction) = ($"b{asked++}", new Transaction(schema));
                transaction.Put("Open_vSwitch", root, "bridges", transaction.Insert("Bridge", new(("name", name), ("ports", Port(transaction, name)))));
                failure = doing.Transact(transaction).Failure;
                if (failure is null)
                    answered.Add(name);
                else
                    failure.Kind.ShouldBe(FailureKind.Disconnected);
            }
            killer.Join();
            server.Start();
        }
        using var after = server.Connect();
        var there = after.Follow(schema, ("Bridge", ["name"]), ("Port", ["name"]), ("Interface", ["name"])).Value!;
        var bridges = there["Bridge"].Values.Select(row => row["name"]!.Text!).Order(StringComparer.Ordinal).ToList();
        answered.Except(bridges).ShouldBeEmpty();
        (bridges.Count - answered.Count).ShouldBeInRange(0, 12, "what was not answered is there or not");
        there["Port"].Values.Select(row => row["name"]!.Text!).Order(StringComparer.Ordinal).ShouldBe(bridges);
        there["Interface"].Values.Select(row => row["name"]!.Text!).Order(StringComparer.Ordinal).ShouldBe(bridges);
    }

    [Fact]
    public void A_server_that_does_nothing_is_waited_for_no_longer_than_told()
    {
        using var hasty = server.Connect(new Limits { Wait = TimeSpan.FromMilliseconds(300) });
        server.Hold(true);
        var late = hasty.Transact(new Transaction(schema).Do(new Operation.Comment("in vain"))).Failure.ShouldNotBeNull();
        server.Hold(false);
        late.Kind.ShouldBe(FailureKind.TimedOut);
        late.IsUncertain.ShouldBeTrue();
        // One connection is answered in order: what is late comes before the echo.
        hasty.Echo().ShouldBeNull("the answer that came late is nobody's");
        // One that takes nothing holds nobody up either; half of a message is the end of the connection.
        server.Hold(true);
        var much = hasty.Transact(new Transaction(schema).Do(new Operation.Comment(new string('x', 8 << 20)))).Failure.ShouldNotBeNull();
        server.Hold(false);
        much.What.ShouldContain("takes nothing");
        hasty.Broken.ShouldBe(much);
    }

    [Fact]
    public void Thousands_of_ports_are_one_transaction()
    {
        var replica = client.Follow(schema, ("Port", ["name", "tag"]), ("Bridge", ["ports"])).Value!;
        var bridge = Bridge("br0");
        var many = new Transaction(schema);
        for (var at = 0; at < 3000; at++)
            many.Put("Bridge", bridge, "ports", Port(many, $"p{at}", ("tag", at)));
        Good(many).Done.Length.ShouldBe(9000);
        replica["Port"].Count.ShouldBe(3001);
        replica["Bridge"][bridge]["ports"]!.Count.ShouldBe(3001);
        Selected("Port", "name").Count.ShouldBe(3001);
    }

    private Guid Bridge(string name)
    {
        var transaction = new Transaction(schema);
        var port = Port(transaction, name, ("vlan_mode", "access"));
        var bridge = transaction.Insert("Bridge", new(("name", name), ("ports", port)));
        transaction.Put("Open_vSwitch", root, "bridges", bridge);
        return Good(transaction).Done[2].Row!.Value;
    }

    private static Atom.Named Port(Transaction transaction, string name, params IEnumerable<(string, Datum)> more) =>
        transaction.Insert("Port", new([("name", name), ("interfaces", transaction.Insert("Interface", new(("name", name), ("type", "internal")))), .. more]));

    private Outcome Good(Transaction transaction)
    {
        transaction.Refusals.ShouldBeEmpty();
        var (outcome, failure) = client.Transact(transaction);
        failure.ShouldBeNull();
        return outcome!;
    }

    private Guid Row(string table, string name) => Good(new Transaction(schema).Do(new Operation.Select(table, new Condition("name", Comparison.Is, name)))).Done[0].Rows.ShouldHaveSingleItem()["_uuid"]!.Uuid!.Value;

    private List<string> Selected(string table, string column) =>
        [.. Good(new Transaction(schema).Do(new Operation.Select(table) { Columns = [column] })).Done[0].Rows.Select(row => $"{row[column]}").Order(StringComparer.Ordinal)];
}

// The rows on a real ovs-vswitchd: it takes each configuration whole, and has no interface that it cannot make.

using Weft.Ovsdb;
using Weft.Ovsdb.Tests;
using Weft.Tests;

namespace Weft.OpenVswitch.Tests;

public sealed class SwitchTests
{
    public static TheoryData<string> Cases => [.. SpecFiles.Cases("openvswitch")];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_switch_does_what_the_rows_say(string name)
    {
        using var server = new OvsdbServer();
        using var client = server.Connect();
        var schema = client.Schema("Open_vSwitch").Value.ShouldNotBeNull();
        var replica = client.Follow(schema, Observed.Wanted).Value.ShouldNotBeNull();
        using var vswitchd = new Vswitchd(server);
        var wish = Hosts.Rows(File.ReadAllText(SpecFiles.PathOf("specs", "openvswitch", name, "host.yaml")));
        Make(SwitchRows.None, wish);
        foreach (var row in replica[Cells.Interface].Values)
        {
            row["error"]!.Count.ShouldBe(0, $"{row}");
            row["ofport"]!.Integer.ShouldNotBeNull($"{row}").ShouldBeGreaterThan(0, $"{row}");
        }
        Change.Of(wish, wish, Observed.Of(replica), schema).IsEmpty.ShouldBeTrue("what the switch itself writes into its rows is nobody's wish");
        Make(wish, SwitchRows.None);
        replica[Cells.Bridge].ShouldBeEmpty();

        void Make(SwitchRows before, SwitchRows next)
        {
            var (outcome, failure) = client.Transact(Change.Of(before, next, Observed.Of(replica), schema).Transaction);
            failure.ShouldBeNull();
            Configured.Await(client, replica, Configured.Of(outcome!).ShouldNotBeNull(), TimeSpan.FromSeconds(30)).ShouldBeNull();
        }
    }
}

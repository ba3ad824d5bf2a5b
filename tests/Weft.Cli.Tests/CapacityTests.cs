// weft show --capacity as a person and a program get it: of a file, of a file with errors, and of a running network namespace.

using System.Text.Json;

namespace Weft.Cli.Tests;

public sealed class CapacityTests : IDisposable
{
    private const string Host =
        """
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        networks: {vm: {link: bond0, vlan: 5}, "many": {link: bond0, vlan: 100-199}}
        guests: {web1: {nics: [{network: vm, model: virtio}]}}
        cabling: {eth0: {switch: a, speed: 10G}, eth1: {switch: b, speed: 10G}}
        switches: {a: {}, b: {}}

        """;

    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_files_capacity_is_a_table_and_a_name_picks_of_it()
    {
        var file = folder.Put("host.yaml", Host);
        var ran = Weft.Run("show", "--capacity", "--from", file);
        ran.Code.ShouldBe(0);
        ran.Output.ShouldStartWith("bond0  active-backup  eth0 10G, eth1 10G\n");
        ran.Output.ShouldContain("  100 bridges br100-br199  10G       10G        10G        10G");
        Weft.Run("show", "--capacity", "--from", file, "br150").Output.Split('\n').Count(line => line.StartsWith("  br150 ", StringComparison.Ordinal)).ShouldBe(1);
        Weft.Run("show", "--capacity", file).ShouldBe(ran);
        Weft.Run("show", "--capacity", file, "br150").Output.ShouldContain("  br150 ");
        Weft.Run("show", "--capacity", "--from", file, "bond1").ShouldBe(new Ran(2, "", $"weft: there is no link \"bond1\" in {file}; did you mean \"bond0\"?\n"));
    }

    [Fact]
    public void A_program_gets_figures_and_findings_in_one_document()
    {
        using var document = JsonDocument.Parse(Weft.Run("show", "--capacity", "--json", "--from", folder.Put("host.yaml", Host)).Output);
        var network = document.RootElement.GetProperty("capacity").GetProperty("networks").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "br5");
        network.GetProperty("all_flows").GetProperty("out").GetProperty("most_mbits").GetInt64().ShouldBe(10_000);
        document.RootElement.GetProperty("findings").ValueKind.ShouldBe(JsonValueKind.Array);
        var none = Weft.Run("show", "--capacity", "--json", "--from", folder.Put("none.yaml", "nics: {eth0\n"));
        using var refused = JsonDocument.Parse(none.Output);
        (none.Code, refused.RootElement.GetProperty("capacity").ValueKind, refused.RootElement.GetProperty("findings").GetArrayLength()).ShouldBe((3, JsonValueKind.Null, 1));
    }

    [Fact]
    public void Mistakes_are_told_and_what_they_leave_is_reckoned()
    {
        var file = folder.Put("bad.yaml", Host.Replace("eth1], mode", "eth9], mode", StringComparison.Ordinal).Replace("nics: {eth0: {}, eth1: {}}", "nics: {eth0: {}, eth1: {addresses: [192.0.2.5/24]}}", StringComparison.Ordinal));
        var ran = Weft.Run("show", "--capacity", file);
        ran.Code.ShouldBe(3);
        ran.Errors.ShouldContain("error dangling-name");
        ran.Output.ShouldContain("eth1  10G");
        ran.Output.ShouldContain("a finding says what is wrong with bond0");
        using var document = JsonDocument.Parse(Weft.Run("show", "--capacity", "--json", "--from", file).Output);
        document.RootElement.GetProperty("capacity").GetProperty("networks").GetArrayLength().ShouldBe(102);
        document.RootElement.GetProperty("findings").GetArrayLength().ShouldBe(1);
        Weft.Run("show", "--from", file).Output.ShouldBeEmpty("a file is printed back where it is sound");
    }

    [Fact]
    public void A_running_bridge_without_a_way_out_is_bound_by_the_processor()
    {
        var netns = $"weft-capacity-{Environment.ProcessId}";
        Weft.Shell($"ip netns add {netns} && ip -n {netns} link add br7 type bridge && ip -n {netns} link set br7 up").Code.ShouldBe(0);
        try
        {
            var ran = Weft.Run("--netns", netns, "show", "--capacity");
            (ran.Code, ran.Errors).ShouldBe((0, ""));
            ran.Output.ShouldContain("  br7  CPU-bound");
            Weft.Run("--netns", netns, "show", "--capacity", "lo").Output.ShouldBe("no bridge, and no link with an address, uses these links\n");
        }
        finally
        {
            Weft.Shell($"ip netns del {netns}");
        }
    }
}

// Settings that somebody gave a link under /proc/sys come back when the link is made anew. All files of the link, before and
// after, are the oracle; and each line of the table is tried alone, for an array's place says nothing of which file it is.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Plan;

namespace Weft.Kernel.Tests;

public sealed class KeptSysctlsTests(ITestOutputHelper output)
{
    private const string File = "nics: {eth0: {}, eth1: {}}\nvlans: {eth0.5: {link: eth0, id: 5}}\nbridges: {br5: {ports: [eth0.5], addresses: [192.0.2.1/24]}}\n";

    private static readonly string[] ByHand =
    [
        "ipv4/conf/eth0.5/rp_filter=2", "ipv4/conf/eth0.5/arp_ignore=1", "ipv4/conf/eth0.5/medium_id=-1", "ipv6/conf/eth0.5/accept_ra=0", "ipv6/conf/eth0.5/addr_gen_mode=1",
        "ipv4/conf/br5/proxy_arp=1", "ipv4/conf/br5/forwarding=1", "ipv6/conf/br5/keep_addr_on_down=1", "ipv6/conf/br5/router_solicitation_interval=7",
    ];

    [Fact]
    public void Each_setting_is_told_by_its_own_name_and_value()
    {
        using var host = new BareHost("sysctls", "eth0");
        host.Others("link add br0 type bridge");
        var told = host.Inside(kernel =>
        {
            Of(kernel, "br0").ShouldBeEmpty("a new link has what new links have");
            var families = new[] { ("ipv4", SysctlLines.Inet), ("ipv6", SysctlLines.Inet6) };
            return families.Sum(family => family.Item2.Count(line => IsTold(kernel, family.Item1, line)));
        });
        output.WriteLine($"{told} settings");
        told.ShouldBeGreaterThan(70);
    }

    /// <summary>Sets it to what the kernel takes and keeps (of times it keeps whole ticks), looks, and sets it back. A kernel may not have it.</summary>
    private static bool IsTold(IKernel kernel, string family, SysctlLine line)
    {
        var file = $"/proc/sys/net/{family}/conf/br0/{line.Name}";
        if (!System.IO.File.Exists(file))
            return false;
        var usual = System.IO.File.ReadAllText(file).Trim();
        var other = new[] { 1L, -1, 2, 1000 }.Select(more => long.Parse(usual, System.Globalization.CultureInfo.InvariantCulture) + more).First(value => value != line.Own && Set(file, $"{value}") && System.IO.File.ReadAllText(file).Trim() == $"{value}");
        if (ConfLines.All.FirstOrDefault(own => own.Family == family && own.Wire == line.Name) is { } own)
            kernel.Observe().Host.Find("br0")!.Settings.ValueOf(own).ShouldBe(own.Shape is FlagShape ? Value.Of(other != 0) : Value.Of(other));
        else
            Of(kernel, "br0").Select(thing => thing.Words).ShouldBe([$"net/{family}/conf/br0 {line.Name}={other}"]);
        Set(file, usual).ShouldBeTrue();
        return true;
    }

    [Fact]
    public void They_come_back_on_a_VLAN_that_is_made_anew()
    {
        using var host = Begun("sysctl-anew");
        var before = Facts(host, "eth0.5");
        host.Apply(File.Replace("id: 5", "id: 6", StringComparison.Ordinal)).Ending.ShouldBe(Ending.Applied);
        Assert.Equal(before, Facts(host, "eth0.5"));
        host.Say("-d link show eth0.5").ShouldContain("id 6");
        host.Say("-6 addr show dev eth0.5").ShouldNotContain("fe80", customMessage: "addr_gen_mode 1 was there before it came up");
        host.Plan(File.Replace("id: 5", "id: 6", StringComparison.Ordinal)).Steps.Where(step => step.Sends).ShouldBeEmpty();
    }

    [Fact]
    public void They_come_back_when_what_followed_their_links_removal_is_refused()
    {
        using var host = Begun("sysctl-refused");
        // A macvlan in another namespace holds eth1's receive handler, which the bond wants.
        host.Others($"link add mv0 link eth1 netns {host.SwitchNamespace} type macvlan");
        var before = Facts(host, "eth0.5", "br5");
        var outcome = host.Try("nics: {eth0: {}, eth1: {}}\nbonds: {bond0: {ports: [eth1], mode: active-backup, miimon: 100}}\n");
        outcome.Ending.ShouldBe(Ending.RolledBack, string.Join("; ", outcome.Findings.Select(finding => finding.What)));
        Assert.Equal(before, Facts(host, "eth0.5", "br5"));
    }

    [Fact]
    public void Below_the_least_MTU_of_IPv6_a_links_settings_of_it_go_and_are_told()
    {
        using var host = Begun("sysctl-mtu");
        var low = File.Replace("id: 5", "id: 5, mtu: 1200", StringComparison.Ordinal);
        host.Plan(low).Steps.SelectMany(step => step.Disturbs).ShouldContain(one => one.Kind == "goes" && one.Object.StartsWith("net/ipv6/conf/eth0.5 ", StringComparison.Ordinal));
        host.Apply(low).Ending.ShouldBe(Ending.Applied);
        host.Inside(kernel => Of(kernel, "eth0.5")).Select(thing => thing.Kind).ShouldBe([KeptKind.Sysctl4]);
    }

    [Fact]
    [Trait("makes", "labs")]
    public void Rolled_back_a_change_leaves_them_as_they_were()
    {
        var (before, after) = (LabRun.File("before.yaml", "host: kvm\n" + File), LabRun.File("after.yaml", "host: kvm\nnics: {eth0: {}, eth1: {}}\nbridges: {br6: {ports: [eth0]}}\n"));
        var run = LabRun.Good(before, $$"""
            knobs() { for link in eth0.5 br5; do grep -s . /proc/sys/net/ipv4/conf/$link/* /proc/sys/net/ipv6/conf/$link/* | sort; done; }
            settle
            {{string.Join('\n', ByHand.Select(line => $"echo {line.Split('=')[1]} >/proc/sys/net/{line.Split('=')[0]}"))}}
            knobs >before
            section gone; weft apply -q --confirm 60s {{after}} >pending; ls /proc/sys/net/ipv4/conf
            section back; weft rollback; knobs >now; diff before now && wc -l <now
            """, seconds: 120);
        run.Section("gone").ShouldNotContain("br5");
        run.Section("back").ShouldContain("Undone");
        int.Parse(run.Section("back").Split('\n')[^1], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThan(150);
    }

    [Fact]
    public void What_is_no_setting_of_a_link_is_never_written()
    {
        using var host = new BareHost("sysctl-hostile", "eth0");
        host.Others("link add br0 type bridge");
        foreach (var line in new[] { "../../ip_forward=1", "mc_forwarding=1", "rp_filter=1 2", "rp_filter", "rp_filter=" })
            host.Inside(kernel =>
            {
                kernel.Observe();
                return kernel.Execute([new Step.OfKept(new(KeptKind.Sysctl4, "br0", line) { Message = new(System.Text.Encoding.ASCII.GetBytes(line)) })]);
            }).Single().ShouldNotBeNull().Errno.ShouldBe("EINVAL", line);
    }

    /// <summary>A host with the file applied, and what somebody set on its links since.</summary>
    private static BareHost Begun(string name)
    {
        var host = new BareHost(name, "eth0", "eth1");
        host.Apply(File);
        host.Inside(_ => ByHand.All(line => Set($"/proc/sys/net/{line.Split('=')[0]}", line.Split('=')[1]))).ShouldBeTrue();
        return host;
    }

    private static bool Set(string file, string value)
    {
        try
        {
            System.IO.File.WriteAllText(file, value);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static ImmutableArray<Kept> Of(IKernel kernel, string link) => [.. kernel.Observe().Host.Kept.Where(thing => thing.Link == link && thing.Kind is (KeptKind.Sysctl4 or KeptKind.Sysctl6))];

    /// <summary>All files of links, but the secret that nobody may read while there is none.</summary>
    private static string Facts(BareHost host, params string[] links) => host.Inside(_ => string.Join('\n', links
        .SelectMany(link => new[] { "ipv4", "ipv6" }.SelectMany(family => Directory.GetFiles($"/proc/sys/net/{family}/conf/{link}"))).Where(file => !file.EndsWith("stable_secret", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal).Select(file => $"{file} {System.IO.File.ReadAllText(file).Trim()}")));
}

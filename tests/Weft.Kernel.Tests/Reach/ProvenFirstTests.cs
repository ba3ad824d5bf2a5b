// A change that is proven before it is sent, on a host that it would break: nothing of it reaches the kernel or the disk.

using System.Text.Json;

namespace Weft.Kernel.Tests;

[Trait("makes", "labs")]
public sealed class ProvenFirstTests
{
    private const string Both =
        """
        host: kvm
        nics: {eth0: {}, eth1: {}}
        bonds: {bond0: {ports: [eth0, eth1], mode: active-backup, miimon: 100}}
        networks:
          storage: {link: bond0, vlan: 80, bridge: br80, addresses: [10.0.80.11/24], gateway: 10.0.80.1}
        cabling: {eth0: {switch: sw1, vlans: [80]}, eth1: {switch: sw2, vlans: [80]}}
        switches: {sw1: {addresses: {80: 10.0.80.1/24}}, sw2: {}}
        links: [[sw1, sw2]]
        expect:
          - {network: storage, survives: any-one}

        """;

    private static readonly string One = Both.Replace("ports: [eth0, eth1]", "ports: [eth0]", StringComparison.Ordinal);

    [Fact]
    public void A_change_that_breaks_what_held_is_refused_before_anything_is_sent()
    {
        var (both, one) = (LabRun.File("both.yaml", Both), LabRun.File("one.yaml", One));
        var run = LabRun.Good(both, $$"""
            remembered() { (cd $(folder); find . -type f | sort | xargs sha256sum); }
            settle; state >before; remembered >known
            section plan; weft plan {{one}} 2>/dev/null; weft plan --json {{one}}
            section refused; weft apply --prove {{one}} 2>errors || echo exit $?; section errors; cat errors
            section json; weft apply --prove --confirm 30s --json {{one}} || echo exit $?
            section same; state >now; diff before now && remembered | diff known - && echo same; weft status --json; weft plan {{both}}
            section written; weft plan --out later.json {{one}} >/dev/null 2>&1; weft apply --prove later.json 2>/dev/null || echo exit $?
            section without; weft apply {{one}} 2>/dev/null; echo exit $?; cat /proc/net/bonding/bond0 | grep -c '^Slave Interface'
            section kept; weft apply --prove -q {{one}}; echo exit $?
            section back; weft apply --prove --confirm 30s --json {{both}}; echo exit $?; weft confirm; settle; state >now; diff before now && echo same
            """, seconds: 150);
        run.Section("plan").ShouldContain("\nstorage: survives any one failure → survives none\n");
        run.Section("plan").ShouldContain("\"redundancy\":[{\"network\":\"storage\",\"before\":\"any-one\",\"after\":\"none\"}]");
        run.Section("refused").ShouldContain("Refused: nothing was sent.\nexit 1");
        run.Section("errors").ShouldContain("one.yaml:10:5: error expectation-broken: {network: storage, survives: any-one}: held on this host as it is, and does not after this change");
        run.Section("errors").ShouldContain("without the cable of eth0: kvm to sw1 (10.0.80.1): no longer answered");
        run.Section("errors").ShouldContain($"weft simulate {one} --fail eth0@5s --from kvm --to 10.0.80.1 shows it");
        run.Section("json").ShouldEndWith("exit 1");
        using var document = JsonDocument.Parse(run.Section("json").Split('\n')[0]);
        var root = document.RootElement;
        (root.GetProperty("outcome").GetString(), root.GetProperty("steps").GetInt32(), root.GetProperty("proof").GetProperty("refuted").GetInt32()).ShouldBe(("refused", 0, 2));
        // Nobody asks that the management address survives a VLAN missing at the switch's port, and it does not.
        root.GetProperty("proof").GetProperty("before").GetProperty("refuted").GetInt32().ShouldBe(1);
        root.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("rule").GetString() == "expectation-broken").ShouldBe(1);
        root.GetProperty("timings_ms").GetProperty("prove").GetDouble().ShouldBeGreaterThan(0);
        run.Section("same").ShouldStartWith("same\n", customMessage: run.Output);
        run.Section("same").ShouldContain("\"change\":null");
        run.Section("same").ShouldContain("Nothing to do");
        run.Section("written").ShouldEndWith("exit 1");
        run.Section("without").ShouldEndWith("exit 0\n1");
        // A change that sends nothing breaks nothing, whatever is expected.
        run.Section("kept").ShouldBe("exit 0");
        var back = run.Section("back");
        back.ShouldContain("\"outcome\":\"pending\"");
        back.ShouldContain("\"proof\":{\"proven\":");
        back.ShouldContain("exit 0");
        back.ShouldEndWith("same");
    }
}

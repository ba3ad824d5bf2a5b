// What a file says of a NIC's hardware: what is sent, whom it disturbs, what comes back when it leaves the file or is undone, and
// what the NIC cannot do, said before anything is sent. On a twin with a driver that has everything; a veth has little of it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Show;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;

namespace Weft.Tests.Plan;

public sealed class HardwareTests
{
    private readonly TwinKernel kernel = TwinKernel.Of("eth0", "eth1");
    private Ledger ledger = Ledger.Empty;

    public HardwareTests() => kernel.Equip("eth0", Driven, Driver);

    private static readonly Hardware Driver = new()
    {
        Most = ImmutableDictionary<string, long>.Empty.Add("rings.rx", 4096).Add("rings.tx", 4096).Add("channels.combined", 63),
        Fixed = Map("{tx-lockless: false, rx-lro: false}"),
        Modes = ["1000baseT/Full", "100baseT/Full", "100baseT/Half", "10000baseT/Full"],
    };

    private static Settings Driven => Settings.Empty
        .With(NicLines.Autoneg, Value.Of(true)).With(NicLines.Advertise, MarkLines.NamesOf(Driver.Modes))
        .With(NicLines.Rings, new Value.Map(Map("{rx: 512, tx: 512}"))).With(NicLines.Channels, new Value.Map(Map("{combined: 8}"))).With(NicLines.Pause, new Value.Map(Map("{autoneg: true, rx: true, tx: true}")))
        .With(NicLines.Offloads, new Value.Map(Map("{tx-tcp-segmentation: true, tx-tcp6-segmentation: true, rx-gro: true, rx-vlan-hw-parse: true}")));

    [Theory]
    [InlineData("rings: {rx: 4096}", "rings {rx: 4096}", true)]
    [InlineData("channels: {combined: 4}", "channels {combined: 4}", true)]
    [InlineData("pause: {tx: false, rx: true}", "pause {tx: false}", true)]
    [InlineData("offloads: {tso: false, tx-tcp6-segmentation: true}", "offloads {tx-tcp-segmentation: false}", false)]
    [InlineData("offloads: {rxvlan: false}", "offloads {rx-vlan-hw-parse: false}", true)]
    [InlineData("autoneg: false, speed: 1000, duplex: full", "autoneg false, speed 1000, duplex full", true)]
    [InlineData("advertise: [1000baseT/Full]", "advertise [1000baseT/Full]", true)]
    [InlineData("rings: {tx: 512}, offloads: {lro: false}", null, false)]
    public void Only_what_differs_is_sent_and_it_goes_back_with_the_file_or_an_undo(string said, string? sent, bool blinks)
    {
        Apply("nics: {eth0: {}}");
        var before = Seen();
        var file = $"nics: {{eth0: {{{said}}}}}";
        var plan = Plan(file).Steps.Where(step => step.Sends).ToList();
        plan.Select(StepText.What).ShouldBe(sent is null ? [] : [sent]);
        plan.SelectMany(step => step.Disturbs).Any(one => one is { Object: "eth0", Kind: Disturbed.Blink, AtMostMs: > 0 }).ShouldBe(blinks);

        // Refused by the last step of a longer change, it comes back.
        kernel.Refuses = step => step is Step.OfLink { Name: "eth1" } ? new Refusal("EINVAL", "not today") : null;
        Carried.Out(Draw($"nics: {{eth0: {{{said}}}, eth1: {{mtu: 1400}}}}"), kernel, new Timings()).Outcome.Ending.ShouldBe(Ending.RolledBack);
        kernel.Refuses = _ => null;
        Seen().ShouldBe(before);

        Apply(file);
        Plan(file).IsEmpty.ShouldBeTrue();
        var printed = HostWriter.Write(AsFile.Of(kernel.Observe(Inquiry.Of(ledger.Last)), ledger));
        Plan(printed).IsEmpty.ShouldBeTrue(printed);
        Apply("nics: {eth0: {}}");
        Seen().ShouldBe(before);

        Apply(file);
        Apply("nics: {eth1: {}}");
        Seen().ShouldBe(before);
    }

    [Fact]
    public void What_others_set_before_a_file_says_it_is_what_comes_back()
    {
        Apply("nics: {eth0: {rings: {rx: 1024}}}");
        Apply("nics: {eth0: {}}");
        kernel.Equip("eth0", Driven.With(NicLines.Rings, new Value.Map(Map("{rx: 2048, tx: 512}"))), Driver);
        Apply("nics: {eth0: {rings: {rx: 1024, tx: 1024}}}");
        Apply("nics: {eth0: {rings: {tx: 1024}}}");
        Seen().ShouldContain("rings {rx: 2048, tx: 1024}");
        Apply("nics: {eth0: {rings: default}}");
        Seen().ShouldContain("rings {rx: 2048, tx: 512}");
    }

    [Theory]
    [InlineData("eth0", "rings: {rx: 8192}", "nic-maximum", "rings rx is 8192 for eth0, which takes at most 4096")]
    [InlineData("eth0", "rings: {rx_mini: 16}", "nic-lacks", "eth0 has no rings of kind rx_mini")]
    [InlineData("eth0", "channels: {combined: 64}", "nic-maximum", "channels combined is 64 for eth0, which takes at most 63")]
    [InlineData("eth0", "offloads: {lro: true}", "nic-lacks", "lro is off on eth0 for good")]
    [InlineData("eth0", "offloads: {tx-tcp-segmentatoin: true}", "nic-lacks", "eth0 has no feature tx-tcp-segmentatoin")]
    [InlineData("eth0", "advertise: [2500baseT/Full]", "nic-lacks", "eth0 does not talk 2500baseT/Full")]
    [InlineData("eth0", "autoneg: false, speed: 2500", "nic-lacks", "eth0 does not talk 2500 Mbit/s")]
    [InlineData("eth1", "rings: {rx: 512}", "nic-lacks", "eth1 has no rings that could be set")]
    [InlineData("eth1", "autoneg: false", "nic-lacks", "eth1 has no autoneg that could be set")]
    [InlineData("eth1", "pause: {rx: false}", "nic-lacks", "eth1 has no pause that could be set")]
    public void What_the_NIC_cannot_do_is_a_finding_at_its_line_before_anything_is_sent(string nic, string said, string rule, string what)
    {
        var plan = Plan($"nics:\n  {nic}:\n    {said.Replace(", speed", "\n    speed", StringComparison.Ordinal)}\n");
        var finding = plan.Findings.ShouldHaveSingleItem();
        (finding.Rule, finding.Severity, finding.What).ShouldBe((rule, Severity.Error, what));
        finding.Place.Line.ShouldBeGreaterThan(2);
    }

    /// <summary>eth1 has no rings, and eth0's receive ring is shorter than the profile's.</summary>
    [Fact]
    public void A_profile_asks_of_each_NIC_what_its_driver_has_and_what_the_file_says_comes_first()
    {
        var before = Seen();
        kernel.Equip("eth0", Driven, Driver with { Most = Driver.Most.SetItem("rings.rx", 2048) });
        Plan("tuning: 10g\nnics: {eth0: {}, eth1: {}}").Findings.ShouldBeEmpty();
        Apply("tuning: 10g\nnics: {eth0: {}, eth1: {}}");
        Seen().ShouldContain("rings {rx: 2048, tx: 4096}");
        Plan("tuning: 10g\nnics: {eth0: {}, eth1: {}}").IsEmpty.ShouldBeTrue();
        ledger = LedgerFile.Parse(LedgerFile.Print(ledger))!;
        Plan("tuning: 10g\nnics: {eth0: {}, eth1: {}}").IsEmpty.ShouldBeTrue("read back, the ledger says the same");
        Apply("tuning: 10g\nnics: {eth0: {rings: {rx: 1024}}, eth1: {}}");
        Seen().ShouldContain("rings {rx: 1024, tx: 512}", customMessage: "a file that says rings says all it wants of them");
        Apply("nics: {eth0: {}, eth1: {}}");
        Seen().ShouldBe(before);
    }

    [Fact]
    public void Drivers_are_asked_only_for_what_files_speak_of()
    {
        var host = Read("nics: {left: {match: {mac: \"02:00:5e:00:00:01\"}, rings: {rx: 512}, speed: default}, eth1: {mtu: 1400}}");
        var asked = Inquiry.Of(host, Host.Empty).On(kernel.Observe().Host).ToList();
        asked.Select(one => $"{one.Link}: {string.Join(", ", one.Lines)}").ShouldBe(["eth0: autoneg, speed, duplex, advertise, rings"]);
        kernel.Observe().Host.Find("eth0")!.Settings.Any(pair => pair.Key.Home == Home.Hardware).ShouldBeFalse();
        kernel.Observe(Inquiry.Of(host)).Host.Find("eth0")!.Settings.Has(NicLines.Channels).ShouldBeFalse();
    }

    [Fact]
    public void Show_tells_other_programs_what_a_driver_keeps_and_could_do()
    {
        using var stream = new MemoryStream();
        using (var to = new System.Text.Json.Utf8JsonWriter(stream))
            Live.WriteJson(to, kernel.Observe(Inquiry.Everything), Ledger.Empty, false);
        using var document = System.Text.Json.JsonDocument.Parse(stream.ToArray());
        var hardware = document.RootElement.GetProperty("live").GetProperty("links")[0].GetProperty("hardware");
        hardware.GetProperty("rings").GetProperty("rx").GetInt32().ShouldBe(512);
        hardware.GetProperty("most").GetProperty("rings.rx").GetInt32().ShouldBe(4096);
        hardware.GetProperty("fixed").GetProperty("rx-lro").GetBoolean().ShouldBeFalse();
        hardware.GetProperty("modes").GetArrayLength().ShouldBe(4);
    }

    private string Seen() => kernel.Observe(Inquiry.Everything).Host.Find("eth0")!.Settings.Where(line => line.Home == Home.Hardware).ToString();

    private void Apply(string text)
    {
        var (outcome, after) = Carried.Out(Draw(text), kernel, new Timings());
        outcome.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        // As the next command finds it: through the file that it is kept in.
        ledger = LedgerFile.Parse(LedgerFile.Print(after)).ShouldNotBeNull();
    }

    private Drawn Plan(string text) => Draw(text).Plan;

    private Drawing Draw(string text) => Walk.Plan(Read(text), kernel, ledger, new Timings());

    private static Host Read(string text)
    {
        var reading = HostFile.Read("host.yaml", text);
        reading.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.What).ShouldBeEmpty();
        return reading.Host!;
    }

    /// <summary>A map as a file would write it.</summary>
    private static Fields Map(string text) => new(text.Trim('{', '}').Split(", ").Select(pair => pair.Split(": ")).Select(pair =>
        new Field(At.Nowhere(pair[0]), At.Nowhere(bool.TryParse(pair[1], out var on) ? Value.Of(on) : Value.Of(long.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture))))));
}

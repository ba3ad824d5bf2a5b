// What a bond of the twin's state becomes here: times in nanoseconds, delays in polls as the kernel keeps them, targets, and defaults for what this kernel does not know.

using System.Net;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Time;

namespace Weft.Twin.Tests.Packets.Bonds;

public sealed class OptionTests
{
    private static Device Made(params (Model.Attributes.Attribute Line, Value Value)[] settings)
    {
        var bond = new Device("bond0", LinkKind.Bond, 5) { Bond = new() };
        Bonding.BondOptions.Begin(bond);
        Bonding.BondOptions.Change(bond, Settings.Of(settings.Select(pair => KeyValuePair.Create(pair.Line, At.Nowhere(pair.Value))))).ShouldBeNull();
        return bond;
    }

    [Fact]
    public void Every_default_is_the_kernels()
    {
        var read = BondOptions.Of(Made());
        var plain = new BondOptions(BondLines.RoundRobin);
        // Records compare lists by who they are.
        (read with { ArpTargets = [], NsTargets = [] }).ToString().ShouldBe((plain with { ArpTargets = [], NsTargets = [] }).ToString());
        (read.ArpTargets.Length, read.NsTargets.Length).ShouldBe((0, 0));
        foreach (var property in typeof(BondOptions).GetProperties().Where(property => !property.PropertyType.IsArray))
            property.GetValue(read).ShouldBe(property.GetValue(plain), property.Name);
    }

    [Fact]
    public void Delays_are_polls_and_grow_with_miimon()
    {
        var bond = Made((BondLines.Mode, Value.Of(BondLines.ActiveBackup)), (BondLines.Miimon, Value.Of(100)), (BondLines.Updelay, Value.Of(250)), (BondLines.Downdelay, Value.Of(400)), (BondLines.PeerNotifDelay, Value.Of(300)));
        var read = BondOptions.Of(bond);
        (read.Miimon, read.Updelay, read.Downdelay, read.PeerNotifDelay).ShouldBe((100 * VirtualTime.Millisecond, 2, 4, 3));
        Bonding.BondOptions.Change(bond, Settings.Of([KeyValuePair.Create(BondLines.Miimon, At.Nowhere(Value.Of(50)))])).ShouldBeNull();
        read = BondOptions.Of(bond);
        (read.Miimon, read.Updelay).ShouldBe((50 * VirtualTime.Millisecond, 2));
    }

    [Fact]
    public void Words_targets_and_names_are_read()
    {
        var read = BondOptions.Of(Made(
            (BondLines.Mode, Value.Of(BondLines.ActiveBackup)), (BondLines.ArpInterval, Value.Of(200)), (BondLines.ArpIpTarget, Value.Of(["10.0.0.1", "10.0.0.2"])), (BondLines.NsIp6Target, Value.Of(["2001:db8::1"])),
            (BondLines.ArpValidate, Value.Of("filter_backup")), (BondLines.ArpAllTargets, Value.Of("all")), (BondLines.ArpMissedMax, Value.Of(7)), (BondLines.Primary, Value.Of("eth1")),
            (BondLines.PrimaryReselect, Value.Of("failure")), (BondLines.FailOverMac, Value.Of("follow")), (BondLines.NumGratArp, Value.Of(4)), (BondLines.ResendIgmp, Value.Of(3)), (BondLines.AllSlavesActive, Value.Of(true))));
        read.ArpInterval.ShouldBe(200 * VirtualTime.Millisecond);
        read.ArpTargets.ShouldBe([IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")]);
        read.NsTargets.ShouldBe([IPAddress.Parse("2001:db8::1")]);
        read.ArpValidate.ShouldBe(ArpValidate.Filter | ArpValidate.Backup);
        (read.ArpAllTargets, read.ArpMissedMax, read.Primary).ShouldBe((true, 7, "eth1"));
        (read.PrimaryReselect, read.FailOverMac, read.NumGratArp, read.ResendIgmp, read.AllSlavesActive).ShouldBe((PrimaryReselect.Failure, FailOverMac.Follow, 4, 3, true));
    }

    [Fact]
    public void A_ports_options_are_read()
    {
        var port = new Device("eth0", LinkKind.Nic, 2);
        BondPortOptions.Of(port).ShouldBe(new());
        port.AsPort[BondPortLines.Prio] = Value.Of(-3);
        BondPortOptions.Of(port).ShouldBe(new() { Prio = -3 });
    }
}

// Bonds at both ends of some cables, in a world of their own: what tests of LACP stand on.

using System.Globalization;
using Weft.Model.Attributes;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bonds.Lacp;
using Weft.Twin.Packets.Frames;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Mode = Weft.Twin.Packets.Bonds.Lacp.Lacp;

namespace Weft.Twin.Tests.Packets.Lacp;

internal sealed class Bundle
{
    /// <summary>A kernel whose timers go off when they are due, so that figures are those of the standard.</summary>
    public static KernelVersion Exact { get; } = KernelVersion.Linux61 with { Hz = 0 };

    private readonly List<(string Machine, Bond Bond)> bonds = [];
    private ulong lastMac = 0x0200_0000_0100;

    public Bundle(KernelVersion? kernel = null)
    {
        World = new() { Kernel = kernel ?? Exact };
        World.Listener = happening => Happened.Add(happening);
    }

    public World World { get; }
    public List<Happening> Happened { get; } = [];

    /// <summary>Every LACPDU, by the port that sent it.</summary>
    public List<(double At, string Port, Lacpdu Pdu)> Said { get; } = [];

    public double Now => World.Time.Now / (double)VirtualTime.Second;

    public static BondOptions Options { get; } = new(BondLines.Lacp) { Miimon = 100 * VirtualTime.Millisecond };

    public static BondOptions Static { get; } = new(BondLines.Xor) { Miimon = 100 * VirtualTime.Millisecond };

    /// <summary>Two bonds, with so many cables between them, and everything up.</summary>
    public static (Bundle Bundle, Bond Host, Bond Switch, List<Cable> Cables) Of(BondOptions host, BondOptions other, int cables = 2, KernelVersion? kernel = null)
    {
        var bundle = new Bundle(kernel);
        var (one, two) = (bundle.Add("host", host, cables), bundle.Add("switch", other, cables));
        var between = Enumerable.Range(0, cables).Select(i => bundle.Connect(one, i, two, i)).ToList();
        bundle.Open();
        return (bundle, one, two, between);
    }

    /// <summary>A machine with a bond bond0 of NICs eth0, eth1, …; the bond's MAC ends as its name's length and the machine's number.</summary>
    public Bond Add(string machine, BondOptions options, int ports)
    {
        var host = World.Machines.Find(made => made.Name == machine) ?? new Machine(World, machine);
        var bond = new Bond(host, $"bond{host.Links.Count(link => link is Bond)}", host.Links.Count + 1, options);
        bond.StartWith(++lastMac << 4);
        host.Add(bond);
        var named = host.Links.Count(link => link is Nic);
        for (var i = 0; i < ports; i++)
        {
            var nic = new Nic(host, string.Create(CultureInfo.InvariantCulture, $"eth{named + i}"), host.Links.Count + 1) { BurntMac = ++lastMac };
            nic.StartWith(bond.Mac);
            host.Add(nic);
            bond.Join(nic, new BondPortOptions());
        }
        bonds.Add((machine, bond));
        return bond;
    }

    public Cable Connect(Bond one, int port, Bond other, int otherPort)
    {
        var cable = new Cable((Nic)one.Ports[port].Device, (Nic)other.Ports[otherPort].Device);
        cable.Tap = (frame, from) =>
        {
            if (frame.EtherType == Ethernet.Slow && Lacpdu.TryRead(frame.Payload, out var pdu))
                Said.Add((Now, $"{from.Machine}.{from}".Split(' ')[0], pdu));
        };
        World.Cables.Add(cable);
        return cable;
    }

    /// <summary>Opens NICs and then bonds, each machine at once.</summary>
    public void Open()
    {
        foreach (var nic in World.Machines.SelectMany(machine => machine.Links.OfType<Nic>()))
            nic.Open();
        foreach (var (_, bond) in bonds)
            bond.Open();
    }

    public void Run(double seconds) => World.Time.RunUntil(World.Time.Now + (long)(seconds * VirtualTime.Second)).ShouldBeTrue();

    /// <summary>Runs until it is so, and says after how many seconds that was.</summary>
    public double Until(Func<bool> so, double most = 300)
    {
        var began = Now;
        while (!so())
        {
            (Now - began).ShouldBeLessThan(most);
            Run(0.01);
        }
        return Now - began;
    }

    public static Mode Mode(Bond bond) => (Mode)bond.Mode;

    public static LacpPort Port(Bond bond, int port) => Mode(bond).Ports[port];

    public static bool IsPassing(Bond bond, int port) => Port(bond, port).Mux.State == MuxState.CollectingDistributing && !bond.Ports[port].IsBackup && !bond.Ports[port].IsInactive;

    public static bool AllPass(params Bond[] bonds) => Array.TrueForAll(bonds, bond => Enumerable.Range(0, bond.Ports.Count).All(port => IsPassing(bond, port)));

    /// <summary>Sends frames to so many MACs, which the hash spreads, and says how many came up to the other bond.</summary>
    public long Pass(Bond from, Bond to, int frames = 16)
    {
        var before = to.Received;
        for (var i = 0; i < frames; i++)
        {
            var frame = World.Frames.Rent();
            frame.Begin(100, 60);
            (frame.Destination, frame.Source, frame.EtherType) = (0x0200_0000_ff00 + (ulong)i, from.Mac, Ethernet.Ip4);
            from.Send(frame);
        }
        Run(0.001);
        return to.Received - before;
    }

    /// <summary>Nothing was lost on the way: every frame is back in its pool.</summary>
    public void End()
    {
        foreach (var (_, bond) in bonds)
            bond.Close();
        Run(1);
        World.Frames.Out.ShouldBe(0);
    }
}

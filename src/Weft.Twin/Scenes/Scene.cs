// A layout whose frames move: hosts with their files applied, switches, guests and cables, as machines of one world. The same files
// and seed give the same scene, to the nanosecond.

using System.Collections.Immutable;
using System.Net;
using Weft.Model;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;
using Weft.Topology;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Bonds;
using Weft.Twin.Packets.Bridges;
using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Time;
using Timer = Weft.Twin.Packets.Time.Timer;
using Cable = Weft.Twin.Packets.Links.Cable;

namespace Weft.Twin.Scenes;

/// <summary>Hosts, switches and guests that run.</summary>
public sealed class Scene
{
    /// <summary>What a spanning tree with the usual delays needs to let a port forward, and more than LACP and the monitors need: a scene is never settled sooner than after twice this.</summary>
    private const long UsualTree = 30 * VirtualTime.Second;

    /// <summary>Machines start within this of each other, so that no two polls of theirs fall together but by chance.</summary>
    private const long Apart = 1 * VirtualTime.Second;

    /// <summary>Hosts and guests start after all switches: which port of a bond has carrier first must not hang on which switch was first.</summary>
    private const long Later = 2 * VirtualTime.Second;

    /// <summary>More events than this before it has settled are a storm: what runs for a minute has some thousand a machine.</summary>
    private const long MostEvents = 50_000_000;

    private readonly Dictionary<string, Machine> machines = new(StringComparer.Ordinal);
    private readonly Dictionary<Cord, Cable> cords = [];
    private readonly Dictionary<Trunk, Cable> trunks = [];

    /// <summary>What each machine holds, in the order in which they were made.</summary>
    private readonly List<(string Name, Net Net)> states = [];

    private Scene(Layout layout, ulong seed, KernelVersion kernel, int shift = 0) => (Layout, World) = (layout, new World(seed) { Kernel = kernel, Shift = shift });

    internal Layout Layout { get; }

    internal World World { get; }

    /// <summary>What was assumed or left out, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Makes the scene; nothing moves yet.</summary>
    /// <param name="hosts">The files.</param>
    /// <param name="seed">Which chances are taken.</param>
    /// <param name="kernel">The kernel of everybody; 6.1 where nobody says.</param>
    /// <param name="lodges">Whether guests without an address get one that is free.</param>
    /// <returns>Null where a kernel would not take a file, and the findings say why.</returns>
    public static (Scene? Scene, ImmutableArray<Finding> Findings) Of(IReadOnlyList<NamedHost> hosts, ulong seed = 1, KernelVersion? kernel = null, bool lodges = false)
    {
        var notes = new List<string>();
        var (layout, findings) = (Layouts.Of(lodges ? Proving.Lodgers.Of(hosts, notes) : hosts), new List<Finding>());
        layout.Notes.AddRange(notes);
        foreach (var trouble in layout.Troubles)
            findings.Add(Finding.Error("no-scene", hosts.Count == 1 ? new Place(hosts[0].File, 0, 0) : Place.None, trouble, "hosts, switches and guests are told apart by their names and MACs", "give each a name of its own under `host`, `switches` or `guests`, and each NIC a MAC of its own"));
        var scene = new Scene(layout, seed, kernel ?? KernelVersion.Linux61);
        if (findings.Count == 0)
            scene.Build(findings);
        return (findings.Count == 0 ? scene : null, [.. findings]);
    }

    /// <summary>The same scene from its beginning, with other chances: no file is applied again.</summary>
    /// <param name="seed">Which chances are taken.</param>
    /// <param name="shift">By how many ports further on hashes send: other flows.</param>
    public Scene Again(ulong seed, int shift = 0)
    {
        var again = new Scene(Layout, seed, World.Kernel, shift);
        again.Notes.AddRange(Notes);
        foreach (var (name, net) in states)
            again.Enter(name, net);
        again.Share();
        again.Connect();
        return again;
    }

    private void Build(List<Finding> findings)
    {
        Notes.AddRange(Layout.Notes);
        foreach (var box in Layout.Boxes)
        {
            var (file, nics) = SwitchFile.Of(box, Layout);
            Enter(box.Name, file, nics, [], findings, host => host.Switches.Select(one => one.Name));
        }
        foreach (var host in Layout.Hosts)
            Enter(host.Name, host.Host, [.. Layout.Cords.Where(cord => cord.Host == host).Select(cord => (cord.Nic, cord.Mac))], [.. Layout.Guests.Where(cord => cord.Host == host)], findings);
        var plugged = Layout.Guests.ToLookup(cord => cord.Guest, StringComparer.Ordinal);
        foreach (var guest in Layout.GuestNames)
        {
            var (text, nics) = GuestFile.Of([.. plugged[guest]]);
            Enter(guest, Read(text), nics, [], findings, host => host.Guests.Select(one => one.Name));
        }
        if (findings.Count > 0)
            return;
        Share();
        Connect();
    }

    /// <summary>Both names of a pair are one machine.</summary>
    private void Share()
    {
        foreach (var box in Layout.Boxes)
            foreach (var other in box.Others)
                machines[other] = machines[box.Name];
    }

    private static Host Read(string text) => HostFile.Read("", text).Host ?? throw new InvalidOperationException(text);

    /// <summary>Where the files name a switch or guest.</summary>
    private Place PlaceOf(string name, Func<Host, IEnumerable<At<string>>> named) =>
        Layout.Hosts.SelectMany(host => named(host.Host)).FirstOrDefault(one => one.Value == name)?.Place ?? Place.None;

    /// <param name="named">Of a switch or guest: what the files name among which it is, since nobody wrote the lines of its own file.</param>
    private void Enter(string name, Host file, IReadOnlyList<(string, string)> nics, IReadOnlyList<GuestCord> guests, List<Finding> findings, Func<Host, IEnumerable<At<string>>>? named = null)
    {
        var own = new List<Finding>();
        if (Applied.To(file, nics, own) is not { } twin)
        {
            findings.AddRange(named is null ? own : own.Select(finding => finding with { Place = PlaceOf(name, named), What = $"{name}: {finding.What}", Mend = "change what the files say of it" }));
            return;
        }
        foreach (var guest in guests)
            Taps.Plug(twin, guest, Notes);
        Unknown.Leave(name, twin.Net, World.Kernel, Notes);
        states.Add((name, twin.Net));
        foreach (var link in Enter(name, twin.Net).Links.OfType<Silent>().Where(link => link.Uncarried.Length > 0))
            Notes.Add($"{name}: {link.Name} is a {link.Uncarried}, and the twin carries no frames over it");
    }

    private Machine Enter(string name, Net net)
    {
        var machine = machines[name] = Machines.Of(World, name, net);
        if (Layout.Boxes.Exists(box => box.Name == name && box.Routes))
            Route(machine);
        new Timer(World.Time, () => Machines.Open(machine, net)).Start(World.Chance(Apart) + (Layout.Boxes.Exists(box => box.Name == name) ? 0 : Later));
        return machine;
    }

    /// <summary>A switch that routes has net.ipv4.ip_forward on, which sets it for every link.</summary>
    private static void Route(Machine machine)
    {
        (machine.Stack.Forwards4, machine.Stack.Forwards6) = (true, true);
        foreach (var link in machine.Stack.Links)
            link.Conf = link.Conf with { Forwards4 = true, Forwards6 = true };
    }

    private void Connect()
    {
        foreach (var cord in Layout.Cords)
            if (machines[cord.Host.Name].Find(cord.Nic) is Nic nic)
            {
                nic.Rate = cord.Speed ?? Nic.VethSpeed;
                if (cord.Box is not { } box)
                    continue;
                var port = machines[box.Name].Get<Nic>(cord.Port);
                port.Rate = nic.Rate;
                World.Cables.Add(cords[cord] = new(nic, port) { Native = (int)(cord.Native ?? 0) });
            }
        foreach (var trunk in Layout.Trunks)
            World.Cables.Add(trunks[trunk] = new(machines[trunk.One.Name].Get<Nic>(trunk.OnePort), machines[trunk.Other.Name].Get<Nic>(trunk.OtherPort)) { Native = SwitchFile.NativeOfTrunk });
        foreach (var guest in Layout.Guests)
            World.Cables.Add(new(machines[guest.Host.Name].Get<Nic>(guest.Tap), machines[guest.Guest].Get<Nic>(guest.Nic)));
    }

    /// <summary>Lets the scene run until nothing but time is to be expected of it.</summary>
    /// <returns>False where frames go round and round.</returns>
    public bool Settle() => World.Time.RunUntil(World.Time.Now + Settling, MostEvents);

    /// <summary>Twice what the slowest link needs: what it waits for may itself have to wait for another.</summary>
    internal long Settling => 2 * World.Machines.SelectMany(machine => machine.Links).Select(link => link switch
    {
        Bridge { Options: { Stp: true, ForwardDelay: var delay } } => 2 * delay,
        Bond { Options: { Updelay: var polls, Miimon: var interval } } => polls * interval,
        _ => 0,
    }).Append(UsualTree).Max();

    internal Machine? Machine(string name) => machines.GetValueOrDefault(name);

    /// <summary>The cables between a host and its switches.</summary>
    internal IEnumerable<(Cord Cord, Cable Cable)> Cords => cords.Select(pair => (pair.Key, pair.Value));

    internal IEnumerable<(Trunk Trunk, Cable Cable)> Trunks => trunks.Select(pair => (pair.Key, pair.Value));

    /// <summary>Every machine by name; both members of a pair are one.</summary>
    internal IEnumerable<(string Name, Machine Machine)> All => machines.Select(pair => (pair.Key, pair.Value));
}

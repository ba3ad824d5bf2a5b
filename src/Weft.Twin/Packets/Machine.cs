// A network namespace that carries frames: a host, a switch, a guest. Each is a Linux, and what differs is only what is in it. A
// switch is a bridge with VLAN filtering whose ports are NICs and, for groups, bonds: the lab's switches are exactly that.

using Weft.Twin.Packets.Links;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Packets;

internal sealed class Machine
{
    private readonly Dictionary<string, Netdev> links = new(StringComparer.Ordinal);

    public Machine(World world, string name)
    {
        (World, Name) = (world, name);
        Stack = new(this);
        world.Machines.Add(this);
    }

    public World World { get; }
    public string Name { get; }
    public Stack Stack { get; }

    /// <summary>In the order in which they were made: each after what it stands on, and ports before their master opens.</summary>
    public IReadOnlyCollection<Netdev> Links => links.Values;

    public Netdev? Find(string link) => links.GetValueOrDefault(link);

    /// <summary>A link of a kind that carries frames, by name: what a test or a failure names must be there.</summary>
    public T Get<T>(string link) where T : Netdev => Find(link) as T ?? throw new ArgumentException($"{Name} has no {typeof(T).Name} {link}", nameof(link));

    public void Add(Netdev link) => links.Add(link.Name, link);

    public override string ToString() => Name;
}

// A network namespace: its links by name, addresses on them, routes, policy rules, and what is kept for others. All state of
// the twin is here and in `Device`; there is no clock and no chance, so the same steps end the same on every machine.

using Weft.Model;
using Weft.Twin.Layer3;

namespace Weft.Twin;

internal sealed class Net
{
    private readonly Dictionary<string, Device> devices = new(StringComparer.Ordinal);
    private int highest;
    private int randoms;

    public IEnumerable<Device> Devices => devices.Values;

    public Fib Fib { get; } = new();

    /// <summary>In the order in which they are asked, without the three of every namespace.</summary>
    public List<PolicyRule> Rules { get; } = [];

    public List<Kept> Kept { get; } = [];

    /// <summary>Kinds of link that the kernel makes none of.</summary>
    public IReadOnlyCollection<LinkKind> Without { get; set; } = [];

    /// <summary>Whether new links start with IPv6 (net.ipv6.conf.default.disable_ipv6).</summary>
    public bool NewLinksIpv6 { get; set; } = true;

    /// <summary>Settings of the whole host.</summary>
    public Settings Sysctls { get; set; } = Features.Sysctls;

    /// <summary>What new links start with under /proc/sys/net.</summary>
    public Settings NewLinks { get; set; } = Features.NewLinks;

    /// <summary>net.ipv4.conf.*.promote_secondaries; off in a kernel that nobody told otherwise.</summary>
    public bool PromotesSecondaries { get; set; }

    /// <summary>What is kept goes, and with the last of a nexthop object's links the routes over it.</summary>
    public void Lose(Predicate<Kept> goes)
    {
        Kept.RemoveAll(goes);
        Fib.Routes.RemoveAll(route => route.Nexthop is { } hop && !Kept.Exists(thing => thing.Nexthop == hop));
    }

    public Device? Find(string name) => devices.GetValueOrDefault(name);

    public int NextIndex() => ++highest;

    /// <summary>A MAC of the kernel's own choosing: locally administered, and no two alike.</summary>
    public string RandomMac()
    {
        randoms++;
        return $"f2:00:00:{(randoms >> 16) & 255:x2}:{(randoms >> 8) & 255:x2}:{randoms & 255:x2}";
    }

    public void Enter(Device device)
    {
        devices.Add(device.Name, device);
        highest = Math.Max(highest, device.Index);
        device.Lower?.Tags.Add(device);
        foreach (var (line, usual) in NewLinks)
            device.Conf.TryAdd(line, usual.Value);
    }

    public void Leave(Device device)
    {
        devices.Remove(device.Name);
        device.Lower?.Tags.Remove(device);
    }
}

// A layout: how networks become links. It says the same host three times, to each contender in its own tongue, and the state
// that the kernel ends in is compared, so that nobody is faster by doing less.

using Weft.Netlink;

namespace Weft.Bench;

/// <summary>A file for `ip -batch` or `bridge -batch`, and whether links made by it start with IPv6.</summary>
internal sealed record Batch(string Tool, bool Ipv6, IReadOnlyList<string> Lines);

/// <summary>One layout.</summary>
internal abstract class Layout
{
    /// <summary>Its word on the command line.</summary>
    public abstract string Word { get; }

    public abstract string Title { get; }

    /// <summary>The host file of these networks; of none: nothing but the NICs.</summary>
    public abstract string HostFile(IReadOnlyList<Network> networks);

    /// <summary>The same work as messages, for a host with these NICs.</summary>
    /// <param name="job">What to do; nothing for a no-op.</param>
    /// <param name="count">How many networks there are.</param>
    /// <param name="nics">The indexes of both NICs.</param>
    public abstract IReadOnlyList<Act> Floor(Job job, int count, IReadOnlyList<int> nics);

    /// <summary>The same work as lines for `ip -batch`.</summary>
    public abstract IReadOnlyList<Batch> Ip(Job job, int count);

    public static readonly string[] Nics = ["eno1", "eno2"];

    public static readonly IReadOnlyList<Layout> All = [new BridgePerVlan(), new OneBridge()];

    public static Layout Of(string word) => All.First(layout => layout.Word == word);

    /// <summary>
    /// Whether new links start with IPv6 (WEFT_BENCH_IPV6). With it the host's own ends speak IPv6 and the kernel's time on IPv6's tables,
    /// which grows faster than the number of links, drowns everybody's.
    /// </summary>
    public static readonly bool Ipv6 = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WEFT_BENCH_IPV6"));

    /// <summary>The NICs and the bond, with which both layouts begin.</summary>
    protected const string FileHead = "host: bench\nnics:\n  eno1: {}\n  eno2: {}\n";

    protected const string FileBond = "bonds:\n  bond0: {ports: [eno1, eno2], mode: 802.3ad, miimon: 100}\n";

    protected static readonly string[] IpBond =
    [
        "link add bond0 type bond mode 802.3ad miimon 100",
        "link set eno1 master bond0",
        "link set eno2 master bond0",
        "link set bond0 up",
    ];

    /// <summary>The bond, made and down.</summary>
    protected static Request BondLink(int index) => Messages.Add(index, "bond0", new LinkInfo { Kind = "bond", Bond = new() { Mode = Lacp, Miimon = 100 } }, up: false);

    private const byte Lacp = 4;

    /// <summary>A bond that goes leaves its ports down.</summary>
    protected static readonly string[] IpNics = [.. Nics.Select(nic => $"link set {nic} up")];
}

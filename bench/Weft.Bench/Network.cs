// What is built in every round, whoever builds it: networks with a VLAN id, a name for each link and an address. Ids begin
// at 2; N networks leave the next id free, which is the one that "add one" adds.

using System.Net;

namespace Weft.Bench;

/// <summary>One network: VLAN id, link names and the host's address in it.</summary>
/// <param name="Id">2 to 4094.</param>
internal readonly record struct Network(int Id)
{
    public string Vlan => $"v{Id}";
    public string Bridge => $"br{Id}";
    public IPAddress Address => new([10, (byte)(Id >> 8), (byte)Id, 1]);
    public const int PrefixLength = 24;

    /// <summary>The first `count` networks.</summary>
    public static IReadOnlyList<Network> First(int count) => [.. Enumerable.Range(2, count).Select(id => new Network(id))];

    /// <summary>The one behind the first `count`.</summary>
    public static Network Behind(int count) => new(count + 2);
}

/// <summary>What is measured, in this order on one host.</summary>
internal enum Job
{
    FirstApply,
    NoOp,
    AddOne,
    RemoveOne,
    RemoveAll,
}

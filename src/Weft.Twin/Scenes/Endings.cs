// Who is meant by a word on the command line: a host, guest or switch by name, or an address of one.

using System.Net;
using Weft.Text;
using Weft.Twin.Packets;
using Weft.Twin.Packets.Stacks;

namespace Weft.Twin.Scenes;

/// <summary>An end of a conversation.</summary>
/// <param name="Word">As it was said.</param>
/// <param name="Address">The address that was said; null where a name was.</param>
internal sealed record End(string Word, Machine Machine, IPAddress? Address);

internal static class Endings
{
    /// <summary>More names than this help nobody.</summary>
    private const int MostNamed = 12;

    /// <summary>The end of this name or address; null where there is none.</summary>
    public static End? Find(Scene scene, string word)
    {
        if (scene.Machine(word) is { } named)
            return new(word, named, null);
        if (!IPAddress.TryParse(word, out var address))
            return null;
        foreach (var (_, machine) in scene.All)
            if (machine.Stack.Has(address))
                return new(word, machine, address);
        return null;
    }

    /// <summary>Both ends of a conversation by what `--from` and `--to` say, and the address that is asked, in a scene that has settled.</summary>
    /// <returns>The ends; or why there are none, and how to mend it.</returns>
    public static (End? From, End? To, IPAddress? Target, string Wrong, string Mend) Both(Scene scene, string from, string to)
    {
        foreach (var (option, word) in ((string, string)[])[("--from", from), ("--to", to)])
            if (Find(scene, word) is null)
                return (null, null, null, $"{option}: nobody in the files is called {Quote.Of(word)}, or has that address", Instead(word, [.. scene.All.Select(pair => pair.Name)]));
        var (one, other) = (Find(scene, from)!, Find(scene, to)!);
        return one.Machine == other.Machine ? (null, null, null, $"--to: {Quote.Of(to)} is the sender itself, whose own addresses answer without a frame", "name somebody else")
            : AddressOf(other, one) is { } target ? (one, other, target, "", "")
            : (null, null, null, $"--to: {Quote.Of(to)} has no address that could be sent to", "give it one under `addresses`, or say another");
    }

    /// <summary>The address of the other end to speak to: the one that was said, else one in the network of the address to send from, else one in any network that both have, else any.</summary>
    public static IPAddress? AddressOf(End to, End from)
    {
        if (to.Address is not null)
            return to.Address;
        var near = from.Machine.Stack.Prefixes.ToList();
        return to.Machine.Stack.Prefixes.Select(own => own.Address).Where(address => !address.IsIPv6LinkLocal && (from.Address is null || address.AddressFamily == from.Address.AddressFamily))
            .OrderBy(address => near.Exists(own => own.Address.Equals(from.Address) && own.Contains(address)) ? 0 : near.Exists(own => own.Contains(address)) ? 1 : 2).FirstOrDefault();
    }

    /// <summary>The VRF to ask in: that of the address to send from; where none was said, that in whose network the target is. Null outside of all: what a VRF's router leads to is asked for from an address in it.</summary>
    public static Vrf? DomainOf(End from, IPAddress target) =>
        from.Machine.Stack.Links.Find(link => from.Address is { } own ? link.Has(IpAddr.Of(own)) : link.IsOnLink(IpAddr.Of(target)))?.Domain;

    /// <summary>What could have been said in a word's place, for a message that helps.</summary>
    public static string Instead(string word, IReadOnlyCollection<string> known) =>
        Nearest.To(word, known) is { } near ? $"did you mean {Quote.Of(near)}?"
        : known.Count == 0 ? "there is none"
        : $"there {(known.Count == 1 ? "is" : "are")} {string.Join(", ", known.Take(MostNamed).Select(Quote.Clean))}{(known.Count > MostNamed ? FormattableString.Invariant($" and {known.Count - MostNamed} more") : "")}";
}

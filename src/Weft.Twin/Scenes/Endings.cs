// Who is meant by a word on the command line: a host, guest or switch by name, or an address of one.

using System.Net;
using Weft.Twin.Packets;

namespace Weft.Twin.Scenes;

/// <summary>An end of a conversation.</summary>
/// <param name="Word">As it was said.</param>
/// <param name="Address">The address that was said; null where a name was.</param>
internal sealed record End(string Word, Machine Machine, IPAddress? Address);

internal static class Endings
{
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

    /// <summary>The address of the other end to speak to: the one that was said, else one that this end has a network in common with, else any.</summary>
    public static IPAddress? AddressOf(End to, End from) =>
        to.Address ?? to.Machine.Stack.Prefixes.Where(own => from.Machine.Stack.Prefixes.Any(near => near.Contains(own.Address))).Concat(to.Machine.Stack.Prefixes)
            .Select(own => own.Address).FirstOrDefault(address => !address.IsIPv6LinkLocal);

    /// <summary>Every word that could be said, for a message that helps.</summary>
    public static IEnumerable<string> Words(Scene scene) => scene.All.Select(pair => pair.Name);
}

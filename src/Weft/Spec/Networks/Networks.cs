// `networks:` expanded into the VLANs and bridges that it stands for, between reading and checking: every room behind sees
// links and nothing else. Pure, linear in what it makes, and told in findings where a network cannot be made; the file as it
// was written stays at hand (`Host.AsWritten`). An expanded host has no networks, so expanding it again changes nothing.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Text;

namespace Weft.Spec;

/// <summary>Expands networks.</summary>
public static class Networks
{
    /// <summary>The host with its networks as VLANs and bridges, its guests plugged into those, and what stands in the way.</summary>
    /// <param name="file">A host as a file declares it.</param>
    public static (Host Host, ImmutableArray<Finding> Findings) Expand(Host file) => Expand(file, static _ => []);

    /// <param name="unread">The keys of a record that a finding has already refused.</param>
    internal static (Host Host, ImmutableArray<Finding> Findings) Expand(Host file, Func<Fields, ImmutableArray<string>> unread)
    {
        if (!file.Rest.Has("networks") && !file.Rest.Has("guests"))
            return (file, []);
        var expansion = new Expansion(file, unread);
        foreach (var network in file.Rest.Has("networks") ? file.Networks : [])
            expansion.Add(network);
        return expansion.End();
    }
}

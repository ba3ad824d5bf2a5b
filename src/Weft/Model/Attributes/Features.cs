// Names of offloads. The kernel has some sixty features; people know a dozen words for them, of which some mean several
// (`ethtool -K` has had them since before the kernel told its names). A file may say either.

using System.Collections.Immutable;

namespace Weft.Model.Attributes;

/// <summary>What words for offloads mean.</summary>
public static class Features
{
    /// <summary>Each word, and what the kernel's names of it begin and end with.</summary>
    private static readonly ImmutableArray<(string Word, string Begins, string Ends)> Words =
    [
        ("rx", "rx-checksum", ""), ("tx", "tx-checksum-", ""), ("sg", "tx-scatter-gather", ""), ("tso", "tx-tcp", "-segmentation"), ("gso", "tx-generic-segmentation", ""), ("gro", "rx-gro", "rx-gro"),
        ("lro", "rx-lro", ""), ("rxvlan", "rx-vlan-hw-parse", ""), ("txvlan", "tx-vlan-hw-insert", ""), ("ntuple", "rx-ntuple-filter", ""), ("rxhash", "rx-hashing", ""),
    ];

    /// <summary>What the stack looks at packet by packet; changing it starts nothing anew. The rest some drivers load into the hardware.</summary>
    private static readonly ImmutableArray<string> Stack = ["rx", "tx", "sg", "tso", "gso", "gro"];

    public static IEnumerable<string> Known => Words.Select(word => word.Word);

    public static bool IsWord(string name) => Words.Any(word => word.Word == name);

    /// <summary>The features of a NIC that a name stands for: itself, or all of a word.</summary>
    public static IEnumerable<string> Of(string name, IEnumerable<string> features) => Words.FirstOrDefault(word => word.Word == name) is { Word: not null } word ? features.Where(feature => Is(feature, word)) : features.Where(feature => feature == name);

    /// <summary>A map in the kernel's names: words first, so that a single feature may be an exception from one.</summary>
    public static Dictionary<string, Value> Spelled(Fields said, IReadOnlyCollection<string> features)
    {
        var spelled = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var field in said.OrderBy(field => !IsWord(field.Name.Value)))
            foreach (var feature in Of(field.Name.Value, features))
                spelled[feature] = field.Value.Value;
        return spelled;
    }

    public static bool IsOfStack(string feature) => Words.Any(word => Stack.Contains(word.Word) && Is(feature, word)) || feature is "tx-udp-segmentation" or "rx-gro-list" or "rx-udp-gro-forwarding" or "tx-nocache-copy";

    private static bool Is(string feature, (string Word, string Begins, string Ends) word) =>
        feature.StartsWith(word.Begins, StringComparison.Ordinal) && feature.EndsWith(word.Ends, StringComparison.Ordinal);
}

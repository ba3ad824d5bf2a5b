// Two entries that one NIC would answer to. Which of them gets it would depend on the order in which the kernel found the
// hardware. An entry without `match` is matched by its name.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each NIC is matched by one entry.</summary>
public sealed class NicMatchTwice() : Rule("nic-match-twice", Severity.Error)
{
    private static readonly string[] Telling = ["mac", "pci", "name"];

    public override string Why => "one NIC would answer to both entries, and which of the two gets it would be chance";

    public override string Bad => """
        nics:
          eth0: {match: {mac: "00:25:b5:00:00:1a"}}
          eth1: {match: {mac: [|"00:25:b5:00:00:1a"|]}}
        """;

    public override string Good => """
        nics:
          eth0: {match: {mac: "00:25:b5:00:00:1a"}}
          eth1: {match: {mac: "00:25:b5:00:00:1b"}}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from nic in stack.Host.Of(LinkKind.Nic)
        where !nic.Unread.Contains("match")
        from mark in Marks(nic)
        group new { nic, mark.Place } by new { mark.Key, mark.Text } into same
        let first = same.First()
        from second in same.Skip(1)
        select At(second.Place, $"{second.nic.Name} and {first.nic.Name} (line {first.nic.Name.Place.Line}) match the same NIC by {same.Key.Key}", "correct one of the two");

    /// <summary>What an entry can be told by. A driver alone is a mark; beside another key it only narrows.</summary>
    private sealed record Mark(string Key, string Text, Place Place);

    private static IEnumerable<Mark> Marks(Link nic)
    {
        var match = nic.Rest.Map("match") ?? Fields.Empty;
        var keys = Telling.Where(match.Has).ToList();
        if (match.Count == 0)
            return [new("name", nic.Name.Value, nic.Name.Place)];
        return (keys.Count > 0 ? keys : ["driver"]).Where(match.Has)
            .Select(key => new Mark(key, key == "pci" ? match.Word(key)!.ToLowerInvariant() : match.Word(key)!, match.Get(key)!.Place));
    }
}

// What weft probe mtu found, in words and as JSON.

using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Weft.Reach.PathMtu;
using Weft.Text;

namespace Weft.Show;

/// <summary>A measured path.</summary>
/// <param name="Address">Where to.</param>
/// <param name="Link">The link that leads there; null where it is not known.</param>
/// <param name="LinkMtu">The largest packet that was tried, in bytes.</param>
/// <param name="Found">What was found.</param>
public sealed record MeasuredPath(IPAddress Address, string? Link, int LinkMtu, PathFound Found)
{
    /// <summary>What is wrong with it: nobody answers, or larger packets are lost without a word.</summary>
    public ImmutableArray<Finding> Findings =>
        Found.Why is { } why ? [Finding.Error("no-answer", Place.None, $"{Address}: {why}", "without an answer nothing can be measured", "look at the address, and whether its host and the firewalls on the way let ICMP echoes pass")]
        : Found.IsSilent ? [Finding.Warning("mtu-black-hole", Place.None, $"packets to {Address} of more than {Found.Mtu} bytes are lost, and nobody says so",
            "connections are made and then hang as soon as one sends much at once: the host sends up to its own MTU, and a switch or link on the way drops it", $"raise the MTU on the way to {LinkMtu}, or give the host's links and routes there an MTU of {Found.Mtu}")]
        : [];
}

/// <summary>Words for it.</summary>
public static class PathText
{
    public static IEnumerable<Line> Of(MeasuredPath path)
    {
        if (path.Found.Why is not null)
            yield break;
        yield return Line.Of($"{path.Address}: packets of up to {path.Found.Mtu} bytes arrive whole", path.Found.Mtu == path.LinkMtu ? Tone.Good : Tone.Name);
        yield return Line.Of(path.Found.Mtu == path.LinkMtu ? $"  that is all that {path.Link ?? "the link there"} sends" : $"  {path.Link ?? "the link there"} sends up to {path.LinkMtu}", Tone.Faint);
        foreach (var narrow in path.Found.Narrows)
            yield return Line.Of($"  {narrow.By} says that its next link takes {(narrow.Mtu == 0 ? "less" : $"{narrow.Mtu}")}", Tone.Faint);
    }

    /// <summary>Writes `{"address","link","link_mtu","mtu","narrows":[{"by","mtu"}],"lost_silently","asked","findings":[…]}`.</summary>
    public static void WriteJson(Utf8JsonWriter to, MeasuredPath path)
    {
        to.WriteStartObject();
        to.WriteString("address", path.Address.ToString());
        to.WriteString("link", path.Link);
        to.WriteNumber("link_mtu", path.LinkMtu);
        if (path.Found.Mtu > 0)
            to.WriteNumber("mtu", path.Found.Mtu);
        else
            to.WriteNull("mtu");
        to.WriteStartArray("narrows");
        foreach (var narrow in path.Found.Narrows)
        {
            to.WriteStartObject();
            to.WriteString("by", narrow.By.ToString());
            to.WriteNumber("mtu", narrow.Mtu);
            to.WriteEndObject();
        }
        to.WriteEndArray();
        to.WriteBoolean("lost_silently", path.Found.IsSilent);
        to.WriteNumber("asked", path.Found.Asked);
        Report.WriteArray(to, path.Findings);
        to.WriteEndObject();
    }
}

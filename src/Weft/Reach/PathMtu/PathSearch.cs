// The largest packet that reaches an address in one piece (RFC 4821 in the small; its answer may come in several): the first link's MTU is tried first, then
// what routers say, then the sizes that networks usually have, then halves. Silence is no answer to one packet, only to three of them.

using System.Collections.Immutable;
using System.Net;
using Weft.Model.Attributes;

namespace Weft.Reach.PathMtu;

/// <summary>What a router said of its next link.</summary>
public sealed record Narrow(IPAddress By, int Mtu);

/// <summary>What was found.</summary>
/// <param name="Mtu">The largest packet that was answered, in bytes from the IP header on; 0 where none was.</param>
public sealed record PathFound(int Mtu)
{
    /// <summary>What routers said on the way.</summary>
    public ImmutableArray<Narrow> Narrows { get; init; } = [];

    /// <summary>Larger packets that the first link takes are lost, and nobody says so: a black hole.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Why there is no answer at all; null where there is.</summary>
    public string? Why { get; init; }

    /// <summary>How many sizes were tried.</summary>
    public int Asked { get; init; }
}

/// <summary>One search.</summary>
public sealed class PathSearch(IPathProber prober, bool is6)
{
    /// <summary>Every link must pass so much (RFC 791, RFC 8200).</summary>
    private const int Least4 = 68, Least6 = (int)Table.LeastMtuOfIpv6;

    /// <summary>Times that silence is asked again.</summary>
    private const int Tries = 3;

    /// <summary>Jumbo frames, Ethernet, PPPoE, VXLAN over IPv4 and IPv6, tunnels.</summary>
    private static readonly int[] Usual = [9000, 1500, 1492, 1450, 1430, 1400, 1280, 576];

    private readonly List<Narrow> narrows = [];
    private int asked;

    /// <param name="linkMtu">The MTU of the link that leads there; what is larger is not tried.</param>
    public PathFound Find(int linkMtu)
    {
        var least = is6 ? Least6 : Least4;
        if (Ask(Math.Min(least, linkMtu)) is not PathAnswer.Answered and var nothing)
            return new(0) { Why = nothing is PathAnswer.Refused refused ? refused.Why : "no answer, not even to the smallest packet", Asked = asked, Narrows = [.. narrows] };
        var (passes, fails, silent) = (Math.Min(least, linkMtu), linkMtu + 1, false);
        for (var next = linkMtu; fails - passes > 1; next = Next(passes, fails))
            switch (Ask(next))
            {
                case PathAnswer.Answered:
                    passes = next;
                    break;
                case PathAnswer.TooBig narrow:
                    narrows.Add(new(narrow.By, narrow.Mtu));
                    (fails, silent) = (narrow.Mtu >= passes && narrow.Mtu < next ? narrow.Mtu + 1 : next, false);
                    break;
                case PathAnswer.TooBigHere:
                    (fails, silent) = (next, false);
                    break;
                default:
                    (fails, silent) = (next, true);
                    break;
            }
        return new(passes) { Narrows = [.. narrows.Distinct()], IsSilent = silent, Asked = asked };
    }

    /// <summary>What a router named, if it is still open; the next above what passed, if that is a usual size or was named; a usual size; the middle.</summary>
    private int Next(int passes, int fails)
    {
        if (narrows.Count > 0 && narrows[^1].Mtu == fails - 1)
            return fails - 1;
        if (Usual.Contains(passes))
            return passes + 1 < fails && !tried.Contains(passes + 1) ? passes + 1 : passes + (fails - passes) / 2;
        var usual = Usual.FirstOrDefault(size => size > passes && size < fails);
        return usual > 0 ? usual : passes + (fails - passes) / 2;
    }

    private readonly HashSet<int> tried = [];

    private PathAnswer Ask(int size)
    {
        asked++;
        tried.Add(size);
        PathAnswer answer = new PathAnswer.Silence();
        for (var at = 0; at < Tries && answer is PathAnswer.Silence; at++)
            answer = prober.Ask(size);
        return answer;
    }
}

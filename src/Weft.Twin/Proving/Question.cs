// Whom somebody asks, so that it can be said whether he is answered.

using System.Net;

namespace Weft.Twin.Proving;

/// <summary>One end asks another: an echo there and its answer back.</summary>
/// <param name="From">The machine that asks: a host, guest or switch, by name.</param>
/// <param name="To">The machine that has the address.</param>
/// <param name="Target">Who is asked.</param>
internal sealed record Question(string From, string To, IPAddress Target)
{
    /// <summary>The end that asks; null where it is a switch, or its address is left to it.</summary>
    public End? Asker { get; init; }

    /// <summary>The end that is asked; null where it is a switch.</summary>
    public End? Asked { get; init; }

    /// <summary>Others that decide what becomes of it: who routes for it, who has one of its addresses too, and in whose network an end of it is as well.</summary>
    public IReadOnlyList<End> Beside { get; init; } = [];

    /// <summary>The VLANs in which a switch does.</summary>
    public IReadOnlyList<long> Through { get; init; } = [];

    /// <summary>The VLANs that it takes at the switches.</summary>
    public IEnumerable<long> Vlans => new[] { Asker, Asked }.OfType<End>().Concat(Beside).SelectMany(end => end.Vlans).Concat(Through);

    /// <summary>What is beside it follows from who asks whom.</summary>
    public bool Equals(Question? other) => other is not null && (From, To, Asker, Asked) == (other.From, other.To, other.Asker, other.Asked) && Target.Equals(other.Target);

    public override int GetHashCode() => HashCode.Combine(From, To, Target, Asker, Asked);

    public override string ToString() => $"{From} to {To} ({Target})";
}

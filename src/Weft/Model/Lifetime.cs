// How long an address is chosen as a source, and how long it lives: preferred_lft and valid_lft of `ip address`, in seconds. The kernel counts them
// down, so of two that are finite it can only be said whether one may have come of the other.

using System.Collections.Immutable;
using System.Globalization;
using Weft.Text;

namespace Weft.Model;

/// <summary>An address's lifetimes in seconds; null is forever.</summary>
/// <param name="Preferred">For how long it is chosen as a source of new connections; 0, and it is deprecated.</param>
/// <param name="Valid">For how long it is there.</param>
public sealed record Lifetime(long? Preferred, long? Valid)
{
    public const string PreferredKey = "preferred_lft", ValidKey = "valid_lft", ForeverWord = "forever";

    public static readonly Lifetime Forever = new(null, null);

    /// <summary>The lifetimes of addresses that last forever, which are not listed: none.</summary>
    public static readonly ImmutableDictionary<IpPrefix, Lifetime> OfNone = ImmutableDictionary<IpPrefix, Lifetime>.Empty;

    /// <summary>Whether the kernel takes the address away by itself; such a one passes for leased unless a file says it.</summary>
    public bool Ends => Valid is not null;

    /// <summary>Whether it is what these lifetimes have come to by now, some time after they were given.</summary>
    public bool IsLeftOf(Lifetime given) => IsLeftOf(Preferred, given.Preferred) && IsLeftOf(Valid, given.Valid);

    /// <summary>Whether it is what others have come to, and cannot be what these have.</summary>
    public bool IsRatherLeftOf(Lifetime other, Lifetime given) => IsNearer(Preferred, other.Preferred, given.Preferred) || IsNearer(Valid, other.Valid, given.Valid);

    /// <summary>Of an address's entry in a file. Where it says no preferred_lft, that is as long as valid_lft.</summary>
    internal static Lifetime Of(Fields entry)
    {
        var valid = Seconds(entry.Get(ValidKey));
        return new(entry.Has(PreferredKey) ? Seconds(entry.Get(PreferredKey)) : valid, valid);
    }

    /// <summary>The same as the keys of an entry.</summary>
    internal IEnumerable<Field> Keys() => [Key(PreferredKey, Preferred), Key(ValidKey, Valid)];

    public override string ToString() => $"{PreferredKey} {Word(Preferred)} {ValidKey} {Word(Valid)}";

    private static string Word(long? seconds) => seconds?.ToString(CultureInfo.InvariantCulture) ?? ForeverWord;

    private static Field Key(string name, long? seconds) => new(At.Nowhere(name), At.Nowhere(seconds is { } some ? Value.Of(some) : Value.Of(ForeverWord)));

    private static long? Seconds(At<Value>? said) => said?.Value is Value.Number number ? number.Count : null;

    private static bool IsLeftOf(long? there, long? given) => given is null or 0 ? there == given : there <= given;

    private static bool IsNearer(long? there, long? other, long? given) => other is not null && there <= other && (given is null || other < given);
}

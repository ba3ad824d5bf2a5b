// A MACVLAN's attributes. Source: drivers/net/macvlan.c; measured on 6.1: its mode changes while it is up, but for passthru, which is
// refused both ways (EINVAL); its lower link never changes.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of kind macvlan.</summary>
public static class MacvlanLines
{
    public const string Passthru = "passthru";

    public static readonly Attribute Lower = new("link", Common.Name, Home.Data, Recreate, "The link that it is another face of.") { Kinds = [LinkKind.Macvlan], Required = true };

    public static readonly Attribute Mode = new("mode", new OneOf([new Choice(1, "private"), new(2, "vepa"), new(4, "bridge"), new(8, Passthru), new(16, "source")]), Home.Data, Live,
        "What passes between the MACVLANs of one link: nothing, what a switch sends back, all of it; or one MACVLAN alone has the link.")
        { Kinds = [LinkKind.Macvlan], Default = _ => Value.Of("vepa"), Anew = (was, now) => IsPassthru(was) != IsPassthru(now) };

    public static readonly Attribute BcQueueLen = Common.Number("bc_queue_len", LinkKind.Macvlan, Home.Data, Common.Positive, 1000, "How many broadcasts may wait to be handed to the MACVLANs of its link; of them all the longest counts.") with { Since = "5.11" };

    /// <summary>Whether a MACVLAN of this mode has its link alone, and its MAC is the link's.</summary>
    public static bool IsPassthru(Value? mode) => mode is Value.Word { Text: Passthru };

    public static ImmutableArray<Attribute> All { get; } = [Lower, Mode, BcQueueLen];
}

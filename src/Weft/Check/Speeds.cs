// The speeds of a bond's ports, as their NICs are forced to them or their cables say.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

internal static class Speeds
{
    /// <summary>The NICs among a bond's ports whose speed is known. One that is forced to another speed than its switch port's has none at all.</summary>
    public static List<Link> Of(Stack stack, Link bond) =>
        [.. stack.Wiring.PortsOf(bond).Select(port => port.Link).Where(nic => nic.Kind == LinkKind.Nic && stack.Wiring.SpeedOf(nic) is not null && !AreApart(stack, nic))];

    public static bool AreApart(Stack stack, Link nic) => nic.Settings.Number(NicLines.Speed) is { } forced && stack.Wiring.CableOf(nic)?.Speed is { } speed && speed.Value != forced;

    /// <summary>Those of another speed than most; of as many, the slower ones.</summary>
    public static IReadOnlyList<Link> Odd(Stack stack, List<Link> nics) => Check.Odd.Of(nics, nic => $"{stack.Wiring.SpeedOf(nic)}", nic => stack.Wiring.SpeedOf(nic)!.Value);

    public static long? Other(Stack stack, List<Link> nics, Link nic) => stack.Wiring.SpeedOf(nics.Find(other => stack.Wiring.SpeedOf(other) != stack.Wiring.SpeedOf(nic))!);

    public static Place PlaceOf(Stack stack, Link nic) => nic.Settings.Has(NicLines.Speed) ? nic.Settings.PlaceOf(NicLines.Speed) : stack.Wiring.CableOf(nic)!.Speed!.Place;
}

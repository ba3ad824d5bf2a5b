// What is to be observed beyond what every link tells by itself: a driver is asked for its rings only where some file says
// rings, of the NICs that it says them of. Drivers may take milliseconds to answer, and most hosts never say a word of it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Plan;

/// <summary>Whose hardware is asked for what.</summary>
public sealed class Inquiry
{
    private readonly ImmutableArray<Link> nics;
    private readonly bool all;

    private Inquiry(ImmutableArray<Link> nics, bool all) => (this.nics, this.all) = (nics, all);

    /// <summary>Every NIC is asked for everything that can be told without changing anything.</summary>
    public static readonly Inquiry Everything = new([], true);

    /// <summary>No driver is asked, and each NIC's way to its processor is looked at.</summary>
    public static readonly Inquiry OfCapacity = new([], false) { Pcie = true };

    /// <summary>Whether <see cref="LinkState.Pcie"/> is wanted.</summary>
    public bool Pcie { get; private init; }

    /// <summary>What these files speak of, under labels or the kernel's names.</summary>
    public static Inquiry Of(params IEnumerable<Host> files) => new([.. files.SelectMany(file => file.Links.Where(link => link.Settings.Any(pair => pair.Key.Home == Home.Hardware)))], false);

    public static Inquiry Of(Drawing drawing) => Of(drawing.Next, drawing.Ledger.Last);

    /// <summary>Whether it is also tried, by changing nothing, whether what a driver tells can be set.</summary>
    public bool Tries => !all;

    /// <summary>The links that are asked, and the attributes that each is asked for.</summary>
    public IEnumerable<(string Link, ImmutableArray<Attribute> Lines)> On(Host seen)
    {
        if (all)
            return seen.Of(LinkKind.Nic).Select(nic => (nic.Name.Value, NicLines.All));
        return nics.SelectMany(nic => Resolve.Labels(new Host { Links = [nic] }, seen).Host.Links).GroupBy(nic => nic.Name.Value, StringComparer.Ordinal)
            .Select(same => (same.Key, same.SelectMany(nic => nic.Settings.Select(pair => pair.Key).Where(line => line.Home == Home.Hardware)).SelectMany(With).Distinct().OrderBy(line => line.Order).ToImmutableArray()));
    }

    private static IEnumerable<Attribute> With(Attribute line) => NicLines.Talking.Contains(line) ? NicLines.Talking : [line];
}

// The host as it is before a change, as a file that can be proven beside the file of the change. No kernel tells cables, switches, guests and cards: those
// are of the new file, so that the two differ in what the change changes and in nothing else.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Show;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal static class Earlier
{
    private const string Cabling = "cabling";

    /// <summary>The observed host in the surroundings of the file that it is to become.</summary>
    /// <param name="drawing">The change.</param>
    /// <param name="file">The new file, under its own labels.</param>
    public static Host Observed(Drawing drawing, Host file)
    {
        var next = Next(drawing, file);
        var was = AsFile.Expanded(drawing.Now, drawing.Ledger);
        return was with
        {
            Links = [.. was.Links.Select(link => link.Kind == LinkKind.Nic && next.Find(link.Name.Value) is { Kind: var kind } said && kind == LinkKind.Nic ? link with { Rest = said.Rest } : link)],
            Rest = next.Rest,
            AsWritten = next.AsWritten,
        };
    }

    /// <summary>The new file under the kernel's names, its cables too.</summary>
    public static Host Next(Drawing drawing, Host file)
    {
        var next = drawing.Next;
        if (file.Rest.Map(Cabling) is not { } cables)
            return next;
        // A NIC stands where it stood in the file, whatever it is called by now.
        var called = next.Of(LinkKind.Nic).Where(nic => nic.Name.Place.IsSomewhere).ToDictionary(nic => nic.Name.Place, nic => nic.Name.Value);
        var names = file.Of(LinkKind.Nic).Where(nic => called.ContainsKey(nic.Name.Place)).ToDictionary(nic => nic.Name.Value, nic => called[nic.Name.Place], StringComparer.Ordinal);
        var renamed = new Fields(cables.Select(cable => cable with { Name = At.Of(names.GetValueOrDefault(cable.Name.Value, cable.Name.Value), cable.Name.Place) }).DistinctBy(cable => cable.Name.Value));
        return next with { Rest = next.Rest.With(Cabling, new Value.Map(renamed)), AsWritten = next.AsWritten };
    }

    /// <summary>A file of before, asked what the new one expects. Where it says no cabling, what would be assumed of it never held: then the cables are the new file's.</summary>
    public static Host Of(Host good, Host file)
    {
        var rest = good.Rest;
        if (!good.Cables.Any())
            foreach (var section in new[] { Cabling, "switches", "links" })
                rest = file.Rest.Get(section) is { } said ? rest.With(section, said.Value) : rest.Without(section);
        return Asked(good with { Rest = rest, AsWritten = good.AsWritten }, file.Rest.Get("expect")?.Value);
    }

    /// <summary>The same host, with other expectations.</summary>
    public static Host Asked(Host host, Value? expect) => host with { Rest = expect is null ? host.Rest.Without("expect") : host.Rest.With("expect", expect), AsWritten = host.AsWritten };

    public static NamedHost Named(Host host, string file) => new(host.Name ?? "host", file, host);
}

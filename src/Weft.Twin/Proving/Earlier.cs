// The host as it is before a change, as a file that can be proven beside the file of the change. No kernel tells cables, switches, guests and cards: those
// are of the new file, so that the two differ in what the change changes and in nothing else.

using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.Show;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal static class Earlier
{
    private const string Cabling = "cabling";

    private static readonly string[] Sections = [Cabling, "switches", "links"];

    /// <summary>The observed host in the surroundings of the file that it is to become.</summary>
    /// <param name="drawing">The change.</param>
    /// <param name="file">The new file, under its own labels.</param>
    public static Host Observed(Drawing drawing, Host file) => Within(drawing, Next(drawing, file));

    /// <summary>The observed host, asked what the new file expects, in the surroundings of the good file: what no kernel tells is as it was said when it was made.</summary>
    public static Host Now(Drawing drawing, Host file, Host? good)
    {
        var next = Next(drawing, file);
        var said = good is null ? next : Cabled(Resolve.Labels(good, drawing.Now.Host).Host, good);
        // Where the good file says no cabling, what would be assumed of it never held: then the cables are the new file's.
        if (!said.Cables.Any())
            said = said with { Rest = Sections.Aggregate(said.Rest, (rest, section) => next.Rest.Get(section) is { } own ? rest.With(section, own.Value) : rest.Without(section)), AsWritten = said.AsWritten };
        return Asked(Within(drawing, said), file.Rest.Get("expect")?.Value);
    }

    /// <summary>What is observed, with what a file says beside it.</summary>
    private static Host Within(Drawing drawing, Host said)
    {
        var was = AsFile.Expanded(drawing.Now, drawing.Ledger);
        return was with
        {
            Links = [.. was.Links.Select(link => link.Kind == LinkKind.Nic && said.Find(link.Name.Value) is { Kind: var kind } own && kind == LinkKind.Nic ? link with { Rest = own.Rest } : link)],
            Rest = said.Rest,
            AsWritten = said.AsWritten,
        };
    }

    /// <summary>The new file under the kernel's names, its cables too.</summary>
    public static Host Next(Drawing drawing, Host file) => Cabled(drawing.Next, file);

    /// <summary>A file under the kernel's names, with its cables under theirs.</summary>
    /// <param name="resolved">The file, with links by the kernel's names.</param>
    /// <param name="file">The same under its own labels.</param>
    private static Host Cabled(Host resolved, Host file)
    {
        if (file.Rest.Map(Cabling) is not { } cables)
            return resolved;
        // A NIC stands where it stood in the file, whatever it is called by now.
        var called = resolved.Of(LinkKind.Nic).Where(nic => nic.Name.Place.IsSomewhere).ToDictionary(nic => nic.Name.Place, nic => nic.Name.Value);
        var names = file.Of(LinkKind.Nic).Where(nic => called.ContainsKey(nic.Name.Place)).ToDictionary(nic => nic.Name.Value, nic => called[nic.Name.Place], StringComparer.Ordinal);
        var renamed = new Fields(cables.Select(cable => cable with { Name = At.Of(names.GetValueOrDefault(cable.Name.Value, cable.Name.Value), cable.Name.Place) }).DistinctBy(cable => cable.Name.Value));
        return resolved with { Rest = resolved.Rest.With(Cabling, new Value.Map(renamed)), AsWritten = resolved.AsWritten };
    }

    /// <summary>The same host, with other expectations.</summary>
    public static Host Asked(Host host, Value? expect) => host with { Rest = expect is null ? host.Rest.Without("expect") : host.Rest.With("expect", expect), AsWritten = host.AsWritten };

    public static NamedHost Named(Host host, string file) => new(host.Name ?? "host", file, host);
}

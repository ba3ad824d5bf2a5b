// Two links that are to answer to one name. The kernel keeps own names and other names in one table (netdev_name_in_use) and
// refuses the second. A NIC that is matched has another name than its label, which nobody knows before the host is seen.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>A name is one link's.</summary>
public sealed class AltnameTwice() : Rule("altname-twice", Severity.Error)
{
    public override string Why => "a host has one link of each name, other names included; the kernel refuses the second (EEXIST)";

    public override string Bad => """
        nics:
          eth0: {altnames: [uplink, left]}
          eth1: {altnames: [[|uplink|]]}
        """;

    public override string Good => """
        nics:
          eth0: {altnames: [uplink, left]}
          eth1: {altnames: [right]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from name in stack.Host.Links.SelectMany(Names)
        group name by name.Name into same
        let first = same.OrderBy(one => one.IsOther).First()
        from second in same.OrderBy(one => one.IsOther).Skip(1)
        where second.IsOther
        select At(second.Place, $"{second.Name} is wanted as another name of {second.Link}, and is {(first.IsOther ? $"another name of {first.Link}" : $"the name of {(first.Link == second.Link ? "that link itself" : "another link")}")} (line {first.Place.Line})",
            "choose another name, or remove one of the two");

    private sealed record Answer(string Name, string Link, bool IsOther, Place Place);

    private static IEnumerable<Answer> Names(Link link)
    {
        if (link.Kind != LinkKind.Nic || !link.Rest.Has("match"))
            yield return new(link.Name.Value, link.Name.Value, false, link.Name.Place);
        if (link.Settings.Get(MarkLines.Altnames)?.Value is Value.List names)
            foreach (var name in names.Items)
                yield return new(name.ToString(), link.Name.Value, true, name.Place);
    }
}

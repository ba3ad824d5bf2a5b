// What links of every kind may carry beside their work: other names, a note, the length of the queue. Sources: net/core/rtnetlink.c
// (rtnl_linkprop, do_setlink), net/core/dev.c (dev_set_alias, dev_change_tx_queue_len); measured on 6.1: all three change at any
// time, the first two only on a link that is there already.

using System.Collections.Immutable;
using Weft.Model.Shapes;
using Weft.Text;
using static Weft.Model.Attributes.Change;

namespace Weft.Model.Attributes;

/// <summary>The lines of links of every kind that say nothing of how they work.</summary>
public static class MarkLines
{
    /// <summary>Of the names that a link has, those that a file says are Weft's; udev's and others' stay. Wanted and held are the whole list, a step says what comes and goes.</summary>
    public static readonly Attribute Altnames = new("altnames", new ListOf(new AltName()), Home.Link, Live,
        "Other names that the link answers to. Names that others gave it stay.") { Default = _ => new Value.List([]), Wire = "alt_ifname" };

    public static readonly Attribute Alias = new("alias", new AliasShape(), Home.Link, Live, "A note that is kept with the link, for people and programs that list links.") { Default = _ => Value.Of(""), Wire = "ifalias" };

    public static readonly Attribute Txqueuelen = new("txqueuelen", new Count(0, int.MaxValue), Home.Link, Live, "How many packets may wait to be sent, where the link has a queue.")
        { Default = _ => Value.Of(1000), Wire = "txqlen" };

    public static ImmutableArray<Attribute> All { get; } = [Altnames, Alias, Txqueuelen];

    /// <summary>Without a note that no file may say: whoever set it put control characters into it, and there it stays.</summary>
    public static Settings Sayable(Settings settings) =>
        settings.Word(Alias) is { Length: > 0 } alias && ((Scalar)Alias.Shape).Parse(alias).Value is null ? settings.Without(Alias) : settings;

    /// <summary>The names of a list, sorted: the kernel tells them in the order in which they came.</summary>
    public static Value NamesOf(IEnumerable<string> names) => Value.Of(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>The names in a value of <see cref="Altnames"/>: the list of what is wanted or held.</summary>
    public static IEnumerable<string> NamesIn(Value? value) => value is Value.List list ? list.Items.Select(item => item.ToString()) : [];

    /// <summary>What leads from one list of names to another, as a step says it: each name with whether it comes or goes.</summary>
    public static Value.Map Changes(Value? held, Value wanted)
    {
        var (there, then) = (NamesIn(held).ToHashSet(StringComparer.Ordinal), NamesIn(wanted).ToHashSet(StringComparer.Ordinal));
        return new(new([
            .. there.Where(name => !then.Contains(name)).Order(StringComparer.Ordinal).Select(name => Says(name, false)),
            .. then.Where(name => !there.Contains(name)).Order(StringComparer.Ordinal).Select(name => Says(name, true)),
        ]));
    }

    /// <summary>The list that comes of one when such changes are made.</summary>
    public static Value Changed(Value? held, Value step) => step is not Value.Map map ? NamesOf(NamesIn(step))
        : NamesOf(NamesIn(held).Where(name => map.Fields.Flag(name) != false).Concat(map.Fields.Where(field => field.Value.Value == Value.Of(true)).Select(field => field.Name.Value)));

    private static Field Says(string name, bool comes) => new(At.Nowhere(name), At.Nowhere(Value.Of(comes)));
}

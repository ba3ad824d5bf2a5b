// Whom the host asks for names. No kernel holds this either: systemd-resolved does, link by link, or /etc/resolv.conf (Resolving).

using System.Collections.Immutable;
using Weft.Model.Shapes;
using Weft.Text;

namespace Weft.Model.Attributes;

/// <summary>The lines about names, of links of every kind.</summary>
public static class NameLines
{
    public static readonly Attribute Dns = new("dns", new ListOf(new AddressShape(), OrOne: true), Home.Names, Change.Live, "Name servers reached over the link, in the order in which they are asked.");

    public static readonly Attribute Search = new("search", new ListOf(new DomainShape(), OrOne: true), Home.Names, Change.Live, "Domains that a name without a dot is tried in.");

    public static ImmutableArray<Attribute> All { get; } = [Dns, Search];

    /// <summary>What a link says of names, each as a list; empty where nothing.</summary>
    public static Settings WishOf(Settings settings) => Settings.Of(
        from line in All
        let said = settings.Get(line)
        where said is not null && said.Value is not Value.Word { Text: "default" }
        let list = said.Value is Value.List ? said : At.Of<Value>(new Value.List([said]), said.Place)
        where !((Value.List)list.Value).Items.IsEmpty
        select KeyValuePair.Create(line, list));

    /// <summary>What holds of a link: what it says itself, and of the rest what its client got.</summary>
    public static Settings Holds(Settings said, Settings leased) => leased.Where(line => !said.Has(line)).With(said);

    /// <summary>The words of one of the two.</summary>
    public static IEnumerable<string> Words(Settings wish, Attribute line) => wish.ValueOf(line) is Value.List list ? list.Items.Select(item => item.Value.ToString()!) : [];

    /// <summary>The same from words.</summary>
    public static Settings Of(IEnumerable<string> dns, IEnumerable<string> search) => WishOf(Settings.Of([KeyValuePair.Create(Dns, At.Nowhere(Value.Of(dns))), KeyValuePair.Create(Search, At.Nowhere(Value.Of(search)))]));
}

// From files to what must hold: their `expect` lines in their order, and then what nobody needs to say: every guest reaches its gateway, and the
// management address answers.

using System.Net;
using System.Net.Sockets;
using Weft.Model;
using Weft.Text;
using Weft.Topology;

namespace Weft.Twin.Proving;

internal static class Expectations
{
    public static List<Expectation> Of(Layout layout, bool isUsualAsked)
    {
        var ends = Ends.Of(layout);
        var owners = new Owners(layout, ends);
        // Whom a line means that names a network: looked up once for a hundred lines and a hundred networks.
        var members = ends.SelectMany(end => new[] { end.Network, end.Link }.Distinct(StringComparer.Ordinal), (end, name) => (End: end, Name: name)).ToLookup(pair => pair.Name, pair => pair.End, StringComparer.Ordinal);
        var surroundings = new Surroundings(layout, ends);
        Expectation Surrounded(Expectation expectation) => expectation with { Questions = [.. expectation.Questions.Select(surroundings.Of)] };

        // A rack's files all say the same of a network that they share: whom that means is found out once, and they have one list of questions.
        var meant = new Dictionary<(string?, string?, string?), Expectation>();
        Expectation Meaning(At<Value> line)
        {
            var keys = (line.Value as Value.Map)?.Fields ?? Fields.Empty;
            var named = (keys.Word("from"), keys.Word("to"), keys.Word("network"));
            if (!meant.TryGetValue(named, out var known))
                meant[named] = known = Surrounded(Said(layout, ends, owners, members, named));
            return known with
            {
                Text = Written(keys),
                Place = line.Place,
                Survives = keys.Word("survives") switch { "any-one" => 1, "any-two" => 2, _ => null },
                WithinMs = keys.Number("within"),
            };
        }

        return [.. layout.Hosts.SelectMany(host => host.Host.Rest.List("expect").Select(Meaning)), .. isUsualAsked ? Usual(layout, ends, owners).Select(Surrounded) : []];
    }

    /// <summary>What a line means that names these, whatever it expects of them.</summary>
    private static Expectation Said(Layout layout, List<End> ends, Owners owners, ILookup<string, End> named, (string? From, string? To, string? Network) words)
    {
        var (from, to, network) = words;
        var said = new Expectation("", Place.None) { IsSaid = true, Network = network ?? "" };
        Expectation Mute(string why, string mend) => said with { Mute = (why, mend) };

        if (network is not null)
        {
            if (from is not null || to is not null)
                return Mute("it names a network, and ends beside it", "say either `network`, or `from` and `to`");
            var members = named[network].ToList();
            if (members.Count == 0 && layout.Hosts.Any(host => host.Host.Networks.Any(own => own.Name.Value == network)))
                return Mute($"the network {Quote.Of(network)} is there, and nobody in the files has an address in it", "give the host or a guest an address in it");
            if (members.Count == 0)
                return Mute($"nobody has an address in a network called {Quote.Of(network)}", Scenes.Endings.Instead(network, [.. ends.Select(end => end.Network).Distinct(StringComparer.Ordinal)]));
            var asked = OfNetwork(owners, members).ToList();
            // Whom nobody can be asked for is told, and the rest is asked all the same.
            if (members.SelectMany(end => Nobodys(owners, end)).ToList() is [var nobodys, ..])
                return said with { Questions = asked, Mute = Unanswered(nobodys) };
            return asked.Count > 0 ? said with { Questions = asked } : Mute($"{members[0].Machine} is alone in {Quote.Of(network)}: it has no gateway there, and nobody to reach", "say its `gateway`, or give a guest an address in it");
        }
        if (from is null || to is null)
            return Mute("it says neither a network, nor from where to where", "say `network`, or both `from` and `to`");
        foreach (var word in new[] { from, to })
            if (Named(layout, owners, word) is null)
                return Mute($"nobody in the files is called {Quote.Of(word)}, or has that address", Scenes.Endings.Instead(word, [.. Names(layout)]));
        var (one, other) = (Named(layout, owners, from)!, Named(layout, owners, to)!);
        if (one == other)
            return Mute($"{Quote.Of(from)} and {Quote.Of(to)} are the same machine", "name somebody else");
        var (question, why, mend) = Between(layout, ends, one, IPAddress.TryParse(from, out var source) ? source : null, other, IPAddress.TryParse(to, out var target) ? target : null);
        return question is null ? Mute(why, mend) : said with { Questions = [question], Network = question.Asker is { } asker ? asker.Network : "" };
    }

    /// <summary>A line as one can type it: times have their unit.</summary>
    private static string Written(Fields keys) => $"{{{string.Join(", ", keys.Select(key => $"{key.Name}: {key.Value}{(key.Name.Value == "within" ? "ms" : "")}"))}}}";

    private static IEnumerable<string> Names(Layout layout) => [.. layout.GuestNames, .. layout.Hosts.Select(host => host.Name), .. layout.Boxes.SelectMany(box => box.Members)];

    /// <summary>The machine that is called so, or has the address.</summary>
    private static string? Named(Layout layout, Owners owners, string word) =>
        layout.Boxes.Find(box => box.Members.Contains(word, StringComparer.Ordinal))?.Name ?? Names(layout).FirstOrDefault(name => name == word) ?? (IPAddress.TryParse(word, out var address) ? owners.Of(address) : null);

    /// <summary>The question of one machine to another, by the network that they have in common where there is one.</summary>
    /// <returns>The question; or why there is none, and how to mend it.</returns>
    private static (Question? Question, string Why, string Mend) Between(Layout layout, List<End> ends, string from, IPAddress? source, string to, IPAddress? target)
    {
        var askers = ends.FindAll(end => end.Machine == from && (source is null || end.Own.Address.Equals(source)));
        var own = askers.Select(end => end.Own).Concat(Switched(layout, from).Where(prefix => source is null || prefix.Address.Equals(source))).ToList();
        var having = target is not null ? [target] : ends.Where(end => end.Machine == to).Select(end => end.Own).Concat(Switched(layout, to)).Select(prefix => prefix.Address).ToList();
        if (having.Count == 0)
            return (null, $"{Quote.Of(to)} has no address", "give it one under `addresses`");
        // Of an address that is his too he asks nobody: it is himself who answers.
        var addresses = having.FindAll(address => !ends.Exists(end => end.Machine == from && end.Own.Address.Equals(address)) && !Switched(layout, from).Any(prefix => prefix.Address.Equals(address)));
        if (addresses.Count == 0)
            return (null, $"{Quote.Of(from)} has {having[0]} itself, and would be answered by itself without a frame", "give each an address of its own, or name another");
        foreach (var address in addresses)
            if (own.Exists(prefix => prefix.Contains(address)))
                return (new(from, to, address) { Asker = askers.Find(end => end.Own.Contains(address)), Asked = Asked(address) }, "", "");
        if (addresses.Find(address => address.IsIPv6LinkLocal || own.Exists(prefix => prefix.Address.AddressFamily == address.AddressFamily)) is not { } any)
            return (null, $"{Quote.Of(from)} has no {(addresses[0].AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6")} address to ask {addresses[0]} from", "give it one under `addresses`, or name somebody else");
        return (new(from, to, any) { Asker = askers.Find(end => end.Own.Address.AddressFamily == any.AddressFamily && (source is not null || end.Gateways.Count > 0)), Asked = Asked(any) }, "", "");

        End? Asked(IPAddress address) => ends.Find(end => end.Machine == to && end.Own.Address.Equals(address));
    }

    /// <summary>The addresses of a switch; none of anybody else.</summary>
    private static IEnumerable<IpPrefix> Switched(Layout layout, string name) => layout.Boxes.Where(box => box.Name == name).SelectMany(box => box.Addresses.Values).SelectMany(list => list);

    /// <summary>Everybody in a network reaches its gateway, where it has one, and each other.</summary>
    private static IEnumerable<Question> OfNetwork(Owners owners, List<End> members)
    {
        foreach (var end in members)
            foreach (var question in ToGateway(owners, end))
                yield return question;
        for (var at = 0; at < members.Count; at++)
            foreach (var other in members.Skip(at + 1))
                if (members[at].Machine != other.Machine && members[at].Own.Contains(other.Own.Address))
                    yield return new(members[at].Machine, other.Machine, other.Own.Address) { Asker = members[at], Asked = other };
    }

    private static IEnumerable<Question> ToGateway(Owners owners, End end) =>
        from gateway in end.Gateways
        let whose = owners.Of(gateway)
        where whose is not null && whose != end.Machine
        select new Question(end.Machine, whose, gateway) { Asker = end, Asked = owners.At(whose, gateway) };

    /// <summary>The gateways of an end that nobody in the files has.</summary>
    private static IEnumerable<IPAddress> Nobodys(Owners owners, End end) => end.Gateways.Where(gateway => owners.Of(gateway) is null);

    private static (string Why, string Mend) Unanswered(IPAddress gateway) =>
        ($"nobody in the files has the gateway {gateway}, and so nobody can be asked whether it is reached", "say who has it: `addresses` of a switch under `switches`, or of a host or guest");

    private static IEnumerable<Expectation> Usual(Layout layout, List<End> ends, Owners owners)
    {
        foreach (var end in ends.Where(end => end.Guest is not null))
        {
            var usual = new Expectation("", PlaceOf(end)) { Rule = Rules.Guest, Network = end.Network };
            if (ToGateway(owners, end).ToList() is { Count: > 0 } questions)
                yield return usual with { Text = $"{end.Machine} reaches its gateway {questions[0].Target}", Questions = questions };
            foreach (var gateway in Nobodys(owners, end))
                yield return usual with { Text = $"{end.Machine} reaches its gateway {gateway}", Mute = Unanswered(gateway) };
        }
        foreach (var host in layout.Hosts)
            foreach (var end in Management(host, [.. ends.Where(end => end.Guest is null && end.Host == host)]))
            {
                var usual = new Expectation($"{end.Own.Address} of {host.Name} answers", PlaceOf(end)) { Rule = Rules.Management, Network = end.Network };
                if (ToGateway(owners, end).FirstOrDefault() is { } way)
                    yield return usual with { Questions = [new(way.To, end.Machine, end.Own.Address) { Asker = way.Asked, Asked = end }] };
                else if (Nobodys(owners, end).ToList() is [var gateway, ..])
                    yield return usual with { Mute = Unanswered(gateway) };
            }
    }

    /// <summary>By which a host is managed: its ends in networks whose role that is, else those that have a gateway, else its first.</summary>
    private static IEnumerable<End> Management(NamedHost host, List<End> own)
    {
        var managed = host.Host.Networks.Where(network => network.Role?.Value == "management").Select(network => network.Name.Value).ToHashSet(StringComparer.Ordinal);
        return own.FindAll(end => managed.Contains(end.Network)) is { Count: > 0 } said ? said
            : own.FindAll(end => host.Host.Find(end.Link)!.Gateways.Length > 0) is { Count: > 0 } routed ? routed
            : own.Take(1);
    }

    private static Place PlaceOf(End end) => end.Guest is { } guest
        ? end.Host.Host.Rest.Map("guests")!.First(one => one.Name.Value == guest.Guest).Name.Place
        : end.Host.Host.Find(end.Link)!.Addresses.First(address => address.Value.Equals(end.Own)).Place;
}

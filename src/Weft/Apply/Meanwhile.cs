// What others did between the end of a change and its undo stays theirs. The way back leads to the host as it was before the
// change, with whatever differs now from what was observed after it taken over: a three-way merge of before, after and now.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

/// <summary>Where an undo leads when others were at the host meanwhile.</summary>
/// <param name="Before">The host as it was, with what others did since in it.</param>
/// <param name="Others">What they did, in words, so far as the change had to do with it.</param>
public sealed record Meanwhile(Observation Before, ImmutableArray<string> Others)
{
    /// <summary>Merges what was before the change, after it, and is now. All three are observations of one life of the namespace.</summary>
    public static Meanwhile Of(Drawing change, Observation after, Observation now) => new Merge(change, after, now).Whole();

    /// <summary>What is said of it, once: advice, for nobody did anything wrong.</summary>
    public IEnumerable<Finding> Findings => Others.Select(what => Finding.Advice("left-to-others", Place.None, what,
        "somebody else did that after the change was verified, so the undo leaves it", "nothing, if that is meant"));

    private sealed class Merge(Drawing change, Observation after, Observation now)
    {
        /// <summary>What the plan said goes may go late, with a carrier that the kernel tells of once a second: that is nobody else's doing.</summary>
        private readonly HashSet<string> goes = change.Plan.Steps.SelectMany(step => step.Disturbs).Where(one => one.Kind == Disturbed.Gone).Select(one => one.Object).ToHashSet(StringComparer.Ordinal);

        private readonly Observation before = change.Now;
        private readonly HashSet<string> touched = Undo.Touched(change);
        private readonly List<string> others = [];

        public Meanwhile Whole()
        {
            var (was, made, there) = (before.Host, after.Host, now.Host);
            var declared = RoutePlan.Wanted(change.Next);
            var links = was.Links.Select(One).OfType<Link>()
                .Concat(there.Links.Where(link => was.Find(link.Name.Value) is null && !IsMade(link))).ToImmutableArray();
            foreach (var link in there.Links.Where(link => HasMoved(link.Name.Value)))
                Tell(IsNear(link.Name.Value) || IsNear(link.State?.Master) || IsNear(made.Find(link.Name.Value)?.State?.Master),
                    link.State?.Master is { } master ? $"{link.Name} is a port of {master} now" : $"{link.Name} is no port any more");
            var host = was with
            {
                Links = links,
                Sysctls = Settled(was.Sysctls, made.Sysctls, there.Sysctls),
                Routes = Three(Others(was), Others(made), Others(there), Key, route => route.Links.Any(IsNear) || declared.Any(own => RoutePlan.SameKey(own, route)), route => $"route {route}"),
                Rules = Three(was.Rules, made.Rules, there.Rules, rule => $"{rule} {rule.Is6} {rule.Words} {rule.Protocol}", _ => true, rule => $"rule {rule}"),
                Kept = Three(was.Kept, made.Kept, there.Kept, kept => kept, kept => kept.Line is null && IsNear(kept.Link), kept => kept.Words),
            };
            return new(before with { Host = host }, [.. others.Distinct(StringComparer.Ordinal)]);
        }

        /// <summary>Routes that somebody put there; those that a router advertised the kernel takes and lets go by itself, and nobody gives them to it.</summary>
        private static ImmutableArray<Route> Others(Host host) => host.Routes.RemoveAll(route => route.Protocol == World.RouterAdvertisement);

        /// <summary>What somebody else set meanwhile is left as he set it.</summary>
        private Settings Settled(Settings was, Settings made, Settings there)
        {
            foreach (var line in HostLines.All)
                if (there.ValueOf(line) is { } held && held != made.ValueOf(line))
                {
                    Tell(change.Next.Sysctls.Has(line), $"{line} is {held} now");
                    was = was.With(line, held);
                }
            return was;
        }

        /// <summary>Whether the change had to do with a link. A routing daemon's thousand routes over others are nobody's business here.</summary>
        private bool IsNear(string? link) => link is not null && touched.Contains(link);

        private void Tell(bool isNear, string what)
        {
            if (isNear)
                others.Add(what);
        }

        /// <summary>Whether a link that stands there now is the one that the change made.</summary>
        private bool IsMade(Link link) => after.Host.Find(link.Name.Value)?.State?.Index == link.State?.Index;

        /// <summary>A link that was there before, as the way back wants it; null where others took it away.</summary>
        private Link? One(Link was)
        {
            var name = was.Name.Value;
            var (made, there) = (after.Host.Find(name), now.Host.Find(name));
            if (made is null)
                return there is null ? was : Theirs(there, $"{name} was made again");
            if (there is null)
            {
                Tell(IsNear(name), $"{name} was removed");
                return null;
            }
            return there.State?.Index == made.State?.Index ? Merged(was, made, there) : Theirs(there, $"{name} was removed and made again");
        }

        private Link Theirs(Link there, string what)
        {
            Tell(IsNear(there.Name.Value), what);
            return there;
        }

        private Link Merged(Link was, Link made, Link there)
        {
            var name = was.Name.Value;
            var follows = there.State?.MacIsSet != true && was.Kind != LinkKind.Nic;
            return was with
            {
                Settings = Settings(name, name, was.Settings, made.Settings, there.Settings, attribute => follows && attribute == Table.Mac),
                Vlans = Equals(made.Vlans, there.Vlans) ? was.Vlans : there.Vlans,
                Ports =
                [
                    .. was.Ports.Where(port => !HasMoved(port) || Has(there, port)).Select(port => Port(name, port, made, there)),
                    .. there.Ports.Where(port => HasMoved(port) && !Has(was, port)),
                ],
                Addresses = Addresses(name, was, made, there),
                Lifetimes = Lifetimes(name, was, made, there),
                State = HasMoved(name) && was.State is { } state ? state with { Master = there.State?.Master } : was.State,
            };
        }

        private static bool Has(Link master, Port port) => master.Ports.Any(other => other.Name.Value == port.Name.Value);

        /// <summary>Whether others gave a link another master, or took it away, since the change.</summary>
        private bool HasMoved(Port port) => HasMoved(port.Name.Value);

        private bool HasMoved(string port) => after.Host.Find(port)?.State?.Master != now.Host.Find(port)?.State?.Master;

        private Port Port(string master, Port was, Link made, Link there) =>
            Find(made, was) is { } then && Find(there, was) is { } present
                ? was with
                {
                    Settings = Settings(was.Name.Value, $"{was.Name} in {master}", was.Settings, then.Settings, present.Settings, attribute => BridgePortLines.IsBySpeed(attribute, present.Settings.ValueOf(attribute))),
                    Vlans = Equals(then.Vlans, present.Vlans) ? was.Vlans : present.Vlans,
                }
                : was;

        private static Port? Find(Link master, Port port) => master.Ports.FirstOrDefault(other => other.Name.Value == port.Name.Value);

        /// <param name="follows">What the kernel follows by itself, and nobody changed.</param>
        private Settings Settings(string link, string whose, Settings was, Settings made, Settings there, Func<Model.Attributes.Attribute, bool> follows)
        {
            var merged = was;
            foreach (var (attribute, value) in was.Select(pair => (pair.Key, pair.Value.Value)))
                if (there.ValueOf(attribute) is { } present && made.ValueOf(attribute) is { } then && !then.Equals(present) && !follows(attribute))
                {
                    if (!present.Equals(value))
                        Tell(IsNear(link), $"{whose} has {attribute} {present} now");
                    merged = merged.With(attribute, present);
                }
            return merged;
        }

        private ImmutableArray<At<IpPrefix>> Addresses(string name, Link was, Link made, Link there) =>
            Three(was.Addresses, made.Addresses, there.Addresses, address => address.Value, _ => IsNear(name), address => $"{address.Value} dev {name}");

        /// <summary>Time that passes is nobody's doing: only what cannot be left of what the change made is.</summary>
        private ImmutableDictionary<IpPrefix, Lifetime> Lifetimes(string name, Link was, Link made, Link there)
        {
            var then = made.Addresses.Select(address => address.Value).ToHashSet();
            var theirs = there.Addresses.Select(address => address.Value).Where(address => !then.Contains(address) || !there.LifetimeOf(address).IsLeftOf(made.LifetimeOf(address))).ToList();
            foreach (var address in theirs.Where(then.Contains))
                Tell(IsNear(name), $"{address} dev {name} has {there.LifetimeOf(address)} now");
            return was.Lifetimes.SetItems(theirs.Select(address => KeyValuePair.Create(address, there.LifetimeOf(address))));
        }

        /// <summary>Of things that are there or not: those from before, without what others took away since, with what they added.</summary>
        private ImmutableArray<T> Three<T, TKey>(ImmutableArray<T> was, ImmutableArray<T> made, ImmutableArray<T> there, Func<T, TKey> key, Func<T, bool> isNear, Func<T, string> words)
        {
            if (made.IsEmpty && there.IsEmpty)
                return was;
            var (then, present, first) = (made.Select(key).ToHashSet(), there.Select(key).ToHashSet(), was.Select(key).ToHashSet());
            var taken = was.Where(one => then.Contains(key(one)) && !present.Contains(key(one)) && !goes.Contains(words(one))).ToList();
            var added = there.Where(one => !then.Contains(key(one)) && !first.Contains(key(one))).ToList();
            others.AddRange(taken.Where(isNear).Select(one => $"{words(one)} was taken away"));
            others.AddRange(added.Where(isNear).Select(one => $"{words(one)} was added"));
            return taken.Count + added.Count == 0 ? was : [.. was.Except(taken), .. added];
        }

        /// <summary>A route without the bytes that the kernel told it in, which hold its age.</summary>
        private static string Key(Route route) => $"{route} {route.Protocol} {route.Scope} {route.Source} {route.Mtu} {route.OnLink} {route.Nexthop} {route.Plain}";
    }
}

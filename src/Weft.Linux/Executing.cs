// Steps as messages. A run of steps goes out in one batch; only a switch under /proc/sys, which netlink cannot carry, and what
// drivers keep, which another netlink carries, make the batch before them go first, for they must not overtake it.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Linux.Drivers;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Plan;

namespace Weft.Linux;

internal sealed class Executing(RouteSocket socket, Names names, Driver driver)
{
    private readonly List<Request> requests = [];
    private readonly List<int> owners = [];
    private readonly HashSet<int> kept = [];
    private Refusal?[] answers = [];

    public ImmutableArray<Refusal?> Run(IReadOnlyList<Step> steps)
    {
        answers = new Refusal?[steps.Count];
        for (var i = 0; i < steps.Count; i++)
            Take(i, steps[i]);
        Flush();
        return [.. answers];
    }

    private void Take(int at, Step step)
    {
        // Index 0 means "none" or "any" to the kernel: a link that is gone must never be spoken of by it.
        if (Named(step).FirstOrDefault(name => name.Length > 0 && names.IndexOf(name) == 0) is { } missing)
        {
            answers[at] = new("ENODEV", $"there is no link {missing}");
            return;
        }
        switch (step)
        {
            case Step.OfSysctls host:
                Flush();
                foreach (var (line, value) in host.Settings)
                    answers[at] ??= HostSysctls.Write(line, value.Value);
                break;
            case Step.OfNewLinksIpv6 ipv6:
                Flush();
                answers[at] = Kernel6.Switch("default", ipv6.On);
                break;
            case Step.OfLink { Sends: true } link:
                TakeLink(at, link);
                break;
            case Step.OfAddress { As: { Message: not null } said } address:
                Send(at, Addresses.With(said, address.Lifetime, names.IndexOf));
                break;
            case Step.OfAddress address:
                Send(at, address.Verb == Verb.Remove
                    ? new(MessageType.DeleteAddress, MessageFlags.None, Message(address))
                    : new(MessageType.NewAddress, MessageFlags.Create | MessageFlags.Replace, Message(address)));
                break;
            case Step.OfRoute route:
                Send(at, Message(route));
                break;
            case Step.OfRule rule:
                Send(at, rule.Verb == Verb.Remove
                    ? new(MessageType.DeleteRule, MessageFlags.None, RuleReading.ToMessage(rule.Rule))
                    : new(MessageType.NewRule, MessageFlags.Create | MessageFlags.Exclusive, RuleReading.ToMessage(rule.Rule)));
                break;
            case Step.OfVlans vlans:
                Send(at, new(vlans.Verb == Verb.Remove ? MessageType.DeleteLink : MessageType.SetLink, MessageFlags.None,
                    VlanReading.ToMessage(names.IndexOf(vlans.Link), vlans.Master is null, vlans.Runs)));
                break;
            case Step.OfKept { Kept: { Kind: KeptKind.Sysctl4 or KeptKind.Sysctl6, Message: not null } settings }:
                Flush();
                answers[at] = Sysctls.Write(settings);
                break;
            case Step.OfKept { Kept: { Message: not null } thing }:
                TakeKept(at, thing);
                break;
        }
    }

    /// <summary>The links that a step speaks of and that must be there.</summary>
    private static string[] Named(Step step) => step switch
    {
        Step.OfLink { Verb: Verb.Adopt } => [],
        Step.OfLink link =>
        [
            link.Verb == Verb.Add ? "" : link.Name,
            .. link.Settings.Where(line => line.Shape is Weft.Model.Shapes.LinkName && line != VethLines.Peer).Select(pair => pair.Value.ToString()),
        ],
        Step.OfAddress address => [address.Link],
        Step.OfRoute { Verb: Verb.Remove, Route: { Raw: not null, Plain: false } } => [],
        Step.OfRoute { Route: { Raw: not null, Plain: false } route } => [.. route.Links.Where(link => link.Length > 0)],
        Step.OfRoute route => [.. route.Route.Links],
        Step.OfVlans vlans => [vlans.Link],
        // An upper link's master may be gone by now: 0, and it has none.
        Step.OfKept { Kept: { Kind: KeptKind.Link } upper } => [upper.Link],
        Step.OfKept { Kept: var thing } => [thing.Link, .. thing.Indexes.Select(index => index.Link)],
        _ => [],
    };

    private void TakeLink(int at, Step.OfLink step)
    {
        if (step.Verb == Verb.Remove)
        {
            Send(at, new(MessageType.DeleteLink, MessageFlags.None, new LinkMessage { Header = { Index = names.IndexOf(step.Name) } }));
            names.Remove(step.Name); // A veth's other end goes with it, and it is planned for no more.
            return;
        }
        // IPv6 goes off before a link joins or comes up, so that it never announces itself.
        foreach (var (line, value) in step.Settings.Where(line => line.Home == Home.Sysctl))
        {
            Flush();
            answers[at] ??= Conf.Set(step.Name, line, value.Value);
        }
        // Hardware is set before the same step brings the link up: some drivers take it only then, and none would have to start twice.
        if (step.Settings.Where(line => line.Home == Home.Hardware) is { Count: > 0 } hardware)
        {
            Flush();
            answers[at] ??= driver.Set(names.IndexOf(step.Name), hardware);
        }
        var settings = step.Settings.Where(line => line.Home is not (Home.Sysctl or Home.Hardware));
        if (settings.Count > 0 || step.Verb == Verb.Add)
            foreach (var request in LinkWriting.Requests(step with { Settings = settings }, names))
                Send(at, request);
    }

    private void TakeKept(int at, Kept thing)
    {
        kept.Add(at);
        if (thing is { Kind: KeptKind.Link, Upper: { } upper } && names.IndexOf(upper) == 0)
            names.Put(names.Next(), upper);
        Send(at, Replay.Again(thing, names.IndexOf));
        if (thing.Kind == KeptKind.Vlans)
        {
            // A table is the whole of it: what the kernel put there by itself when the port joined is not to stay.
            var table = VlanReading.TableOf(MessageCodec.Decode<LinkMessage>(thing.Message!.Content));
            Send(at, new(MessageType.DeleteLink, MessageFlags.None, VlanReading.ToMessage(names.IndexOf(thing.Link), thing.Master is null, All.Without(table.Runs).Runs)));
        }
    }

    private static readonly VlanTable All = VlanTable.Of([new(1, 4094)]);

    private AddressMessage Message(Step.OfAddress step)
    {
        var (bytes, removes) = (InetAddress.From(step.Address.Address), step.Verb == Verb.Remove);
        return new AddressMessage
        {
            Header = new() { Family = bytes.Family, PrefixLength = (byte)step.Address.Length, Index = names.IndexOf(step.Link) },
            Local = bytes,
            // Without it a removal finds the address whatever its length and its other end.
            Address = removes ? null : bytes,
            Cacheinfo = removes ? null : Addresses.Times(step.Lifetime),
        };
    }

    private Request Message(Step.OfRoute step)
    {
        var type = step.Verb == Verb.Remove ? MessageType.DeleteRoute : MessageType.NewRoute;
        var flags = step.Verb switch
        {
            Verb.Remove => MessageFlags.None,
            Verb.Add => MessageFlags.Create | MessageFlags.Exclusive,
            _ => MessageFlags.Create | MessageFlags.Replace,
        };
        return new(type, flags, Body(step.Route));
    }

    /// <summary>
    /// A route that was observed is spoken of in the kernel's own bytes, so that nothing it says is lost; only its links may have other
    /// indexes by now.
    /// </summary>
    private RouteMessage Body(Route route)
    {
        if (route.Raw is not { } raw)
            return RouteReading.ToMessage(route, names);
        var message = MessageCodec.Decode<RouteMessage>(raw.Content);
        message.Header.Flags &= RouteReading.OnLinkFlag;
        message.Cacheinfo = null;
        if (message.NhId is not null)
        {
            // The kernel tells what the object stands for as well, and takes one of the two.
            (message.Oif, message.Gateway, message.Via, message.Multipath, message.Encap, message.EncapType) = (null, null, null, null, null, null);
            return message;
        }
        if (message.Oif is not null && route.Link is { } link)
            message.Oif = names.IndexOf(link.Value);
        for (var at = 0; at < message.Multipath?.Count && at < route.Nexthops.Length; at++)
        {
            message.Multipath[at].Header.Index = names.IndexOf(route.Nexthops[at].Link?.Value ?? "");
            message.Multipath[at].Header.Flags &= (byte)RouteReading.OnLinkFlag;
        }
        return message;
    }

    private void Send(int owner, Request request)
    {
        requests.Add(request);
        owners.Add(owner);
        // What was sent is forgotten: a host of thousands of links is never all in memory as messages.
        if (requests.Count == socket.BatchCount)
            Flush();
    }

    private void Flush()
    {
        if (requests.Count == 0)
            return;
        var run = socket.Execute(requests);
        for (var i = 0; i < requests.Count; i++)
            answers[owners[i]] ??= run.Each[i] switch
            {
                { Verdict: Verdict.Accepted } => null,
                // It came back by itself, or with what it stands on.
                { Refusal.ErrnoName: "EEXIST" } when kept.Contains(owners[i]) => null,
                // Its time was over before it could be taken away.
                { Refusal.ErrnoName: "EADDRNOTAVAIL" } when requests[i].Type == MessageType.DeleteAddress => null,
                { Refusal: { } refusal } => Refused.By(refusal),
                _ => run.Failure is { } failure ? Refused.By(failure) : new("ETIMEDOUT", "the kernel did not answer"),
            };
        requests.Clear();
        owners.Clear();
    }
}

// A kernel with the clients of its links and the machine's names beside it, as one kernel: what runs for a link, and whom the host asks
// for names over it, are settings of the link, and what a client got is no setting of anybody's. So plan, journal, undo and verifying
// need to know nothing of processes and of files.

using System.Collections.Immutable;
using System.Text;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Resolving;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Clients;

/// <summary>A kernel, the clients of its links, and the machine's names.</summary>
public sealed class ServedKernel(IKernel kernel, IClients clients, INames? names = null) : IKernel, IDisposable
{
    /// <summary>RTPROT_DHCP and RTPROT_RA: what a client gives its routes.</summary>
    private const byte Dhcp = 16, RouterAdvertisement = 9;

    /// <summary>Settings of a link that its client makes, for as long as it runs.</summary>
    private static readonly string[] Its = ["accept_ra=", "addr_gen_mode=", "promote_secondaries="];

    public Observation Observe(Inquiry? inquiry = null)
    {
        var seen = kernel.Observe(inquiry) with { NoClients = clients.Missing, NoNames = names?.Unfit };
        return seen.Refusal is null ? Named(Served(seen)) : seen;
    }

    private Observation Named(Observation seen)
    {
        if (names?.All() is not { Count: > 0 } all)
            return seen;
        var said = all.ToDictionary(one => one.Link, one => one.Names, StringComparer.Ordinal);
        return seen with
        {
            Host = seen.Host with
            {
                Links = [.. seen.Host.Links.Select(link => said.TryGetValue(link.Name.Value, out var own) ? link with { Settings = link.Settings.With(own) } : link)],
                NamesOfGone = [.. all.Where(one => seen.Host.Find(one.Link) is null)],
            },
        };
    }

    private Observation Served(Observation seen)
    {
        if (clients.All() is not { Count: > 0 } all)
            return seen;
        var served = all.Where(one => seen.Host.Find(one.Link)?.State?.Index == one.Index).DistinctBy(one => one.Link, StringComparer.Ordinal).ToDictionary(one => one.Link, StringComparer.Ordinal);
        if (served.Count == 0)
            return seen;
        var leased = seen.Host.Routes.Where(route => route.Protocol is Dhcp or RouterAdvertisement && route.Link is { } link && served.ContainsKey(link.Value)).ToImmutableArray();
        return seen with
        {
            Host = seen.Host with
            {
                Links = [.. seen.Host.Links.Select(link => served.TryGetValue(link.Name.Value, out var client) ? link with { Settings = (ClientLines.Speaks6(client.Wish) ? link.Settings.Without(ConfLines.AcceptRa) : link.Settings).With(SettingsOf(client)) } : link)],
                Routes = [.. seen.Host.Routes.Except(leased)],
                LeasedRoutes = leased,
                Kept = [.. seen.Host.Kept.Select(thing => served.ContainsKey(thing.Link) ? Without(thing) : thing).OfType<Kept>()],
            },
        };
    }

    public ImmutableArray<Refusal?> Execute(IReadOnlyList<Step> steps)
    {
        var answers = ImmutableArray.CreateBuilder<Refusal?>(steps.Count);
        for (var at = 0; at < steps.Count;)
        {
            // A client is started on links that stand, so what was asked of the kernel before goes first.
            var run = steps.Skip(at).TakeWhile(step => step is not (Step.OfClient or Step.OfNames)).ToList();
            if (run.Count > 0)
                answers.AddRange(kernel.Execute(run));
            at += run.Count;
            for (; at < steps.Count && steps[at] is Step.OfClient or Step.OfNames; at++)
                answers.Add(steps[at] switch
                {
                    Step.OfClient { Verb: Verb.Remove } client => Stop(client),
                    Step.OfClient client => Start(client),
                    Step.OfNames said => names?.Set(said.Link, said.Wish),
                    _ => null,
                });
        }
        return answers.MoveToImmutable();
    }

    public IReadOnlyCollection<Attribute> Lacks(IReadOnlyCollection<Attribute> asked) => kernel.Lacks(asked);

    public IReadOnlyCollection<LinkKind> LacksKinds(IReadOnlyCollection<LinkKind> asked) => kernel.LacksKinds(asked);

    public void Dispose() => (kernel as IDisposable)?.Dispose();

    /// <summary>What one before it got of names, in another boot perhaps, is nothing any more; that it cannot be taken back is no reason to be without an address.</summary>
    private Refusal? Start(Step.OfClient step)
    {
        names?.Lease(step.Link, Settings.Empty);
        return clients.Start(step.Link, step.Wish);
    }

    /// <summary>One that was killed takes nothing along: its addresses would stay until their time is over, and its routes for ever.</summary>
    private Refusal? Stop(Step.OfClient step)
    {
        var died = clients.All().Any(one => one.Link == step.Link && !one.Lives);
        // What it got of names goes last: until it has ended it may get more.
        if ((clients.Stop(step.Link) ?? names?.Lease(step.Link, Settings.Empty)) is { } refusal)
            return refusal;
        if (!died)
            return null;
        var left = kernel.Observe().Host;
        return kernel.Execute(
        [
            .. left.Routes.Where(route => route.Protocol is Dhcp or RouterAdvertisement && route.Uses(step.Link)).Select(route => new Step.OfRoute(Verb.Remove, route, step.Place)),
            .. (left.Find(step.Link)?.State?.Leased ?? []).Select(address => new Step.OfAddress(Verb.Remove, step.Link, address, step.Place)),
        ]).FirstOrDefault(refusal => refusal is not null);
    }

    private static Settings SettingsOf(Client client) =>
        client.Lives ? client.Wish : Settings.Of(ClientLines.Families.Select(line => KeyValuePair.Create(line, At.Nowhere(Value.Of(false)))));

    private static Kept? Without(Kept thing)
    {
        if (thing.Kind is not (KeptKind.Sysctl4 or KeptKind.Sysctl6) || thing.Message is not { } message)
            return thing;
        var lines = Encoding.ASCII.GetString(message.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var own = lines.Where(line => !Its.Any(its => line.StartsWith(its, StringComparison.Ordinal))).ToList();
        return own.Count == lines.Length ? thing
            : own.Count == 0 ? null
            : new(thing.Kind, thing.Link, $"{thing.Words[..thing.Words.IndexOf(' ', StringComparison.Ordinal)]} {string.Join(' ', own)}") { Message = new(Encoding.ASCII.GetBytes(string.Concat(own.Select(line => line + "\n")))) };
    }
}

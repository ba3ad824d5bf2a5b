// Every step of a plan is needed: without it, the kernel in the same state, the host does not end as wanted. A step too many
// costs time and may disturb somebody. Few have a reason beyond the end; they stand in a table with it.

using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.RandomHosts;
using Weft.Text;

namespace Weft.Twin.Tests;

public sealed class NeedTests(ITestOutputHelper output)
{
    /// <summary>Steps that are not for the end, and why they are there all the same.</summary>
    private static readonly (string Why, Func<Step, Drawing, bool> Is)[] Reasons =
    [
        ("links that never had IPv6 never advertise an address while they are made; it is switched back in the same plan", (step, _) => step is Step.OfNewLinksIpv6),
        ("a bond remembers the name of a primary that left, and takes it again when it comes back", (step, _) => step is Step.OfLink link && link.Settings.Word(BondLines.Primary) == ""),
        ("a bond tells these in 802.3ad only, and has them again when it comes back to that mode (PastTests)", (step, drawing) => step is Step.OfLink { Verb: Verb.Set } link && link.Settings.All(pair => Lacps.Contains(pair.Key))
            && drawing.Next.Find(link.Name)?.Settings.Word(BondLines.Mode) != BondLines.Lacp),
        ("a port leaves its master before that is settled: what the master does then (its MAC, its MTU) must not come later", (step, _) => step is Step.OfLink link && link.Settings.Word(Table.Master) == ""),
        ("whether a bridge's MTU follows its ports, and which MTU a bond gives back, the kernel does not tell: said, it is certain", (step, drawing) => IsOnly(step, Table.Mtu)
            && (((Step.OfLink)step).Kind == LinkKind.Bridge || drawing.Now.Host.Find(step.Object)?.State?.Master is not null)),
        ("a bond gives its port back the MAC that it came with", (step, drawing) => IsOnly(step, Table.Mac) && drawing.Next.Of(LinkKind.Bond).Any(bond => bond.Ports.Any(port => port.Name.Value == step.Object))),
        ("a bond that polls nothing tells no delays: said, they are certain", (step, _) => step is Step.OfLink { Verb: Verb.Set } link && link.Kind == LinkKind.Bond && link.Settings.All(pair => BondLines.Delays.Contains(pair.Key))),
        ("a link that goes down keeps its IPv6 addresses where keep_addr_on_down is set", (step, _) => step is Step.OfAddress { Verb: Verb.Remove, Address.Is6: true }),
        ("another primary takes its network away from the end, so that no address goes along unseen", IsSecondary),
        ("that a bridge is emptied, and so made anew, shows when its last port has left; what was on it and left the file has gone by then", IsTakenAlong),
    ];

    private static readonly Model.Attributes.Attribute[] Lacps = [BondLines.AdActorSysPrio, BondLines.AdUserPortKey, BondLines.AdActorSystem];

    /// <summary>Whether a later step removes a bridge that the file has, and the link that the step is about stands on it.</summary>
    private static bool IsTakenAlong(Step step, Drawing drawing)
    {
        var about = step switch
        {
            Step.OfLink { Verb: Verb.Remove } link => link.Name,
            Step.OfAddress { Verb: Verb.Remove } address => address.Link,
            Step.OfRoute { Verb: Verb.Remove } route => route.Route.Link?.Value,
            _ => null,
        };
        var later = drawing.Plan.Steps.SkipWhile(other => !ReferenceEquals(other, step)).Skip(1).OfType<Step.OfLink>()
            .Where(other => other.Verb == Verb.Remove && other.Kind == LinkKind.Bridge && drawing.Next.Find(other.Name) is not null).Select(other => other.Name).ToList();
        for (var (link, depth) = (about, 0); link is not null && depth < RandomHost.MostObjects; link = drawing.Now.Host.Find(link)?.Lower, depth++)
            if (later.Contains(link))
                return true;
        return false;
    }

    /// <summary>Whether a later step removes the first address of the network in which the address stands.</summary>
    private static bool IsSecondary(Step step, Drawing drawing) => step is Step.OfAddress { Verb: Verb.Remove, Address: { Is6: false } gone } said
        && drawing.Plan.Steps.SkipWhile(other => !ReferenceEquals(other, step)).Skip(1).OfType<Step.OfAddress>().Any(other => other.Verb == Verb.Remove && other.Link == said.Link && other.Address.Network == gone.Network
            && drawing.Now.Host.Find(said.Link)?.Addresses.First(address => address.Value.Network == gone.Network).Value == other.Address);

    private static bool IsOnly(Step step, Model.Attributes.Attribute attribute) => step is Step.OfLink { Settings.Count: 1 } link && link.Settings.Has(attribute);

    [Fact]
    public void No_step_of_a_plan_can_be_left_out()
    {
        output.WriteLine($"seeds from {Seeds.First}");
        var (tried, needed) = (0, 0);
        var superfluous = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Seeds.Run(usual: 20, many: 500).Select(RandomHost.Pair))
        {
            var whole = new Trial(pair);
            if (whole.Drawing.Plan.IsEmpty || whole.Drawing.Plan.IsRefused)
                continue;
            var wanted = whole.Executed(null);
            var steps = whole.Drawing.Plan.Steps.Where(step => step.Sends).ToList();
            foreach (var step in steps)
            {
                tried++;
                if (Array.Exists(Reasons, reason => reason.Is(step, whole.Drawing)))
                    continue;
                if (new Trial(pair).Executed(steps.IndexOf(step)) is { } ended && !ended.Refused && !ended.Left && Facts.Difference(wanted.Facts, ended.Facts).Count == 0)
                    superfluous.TryAdd(Words(step), $"superfluous: {StepText.Of(step)}\n{pair}\n{string.Join("\n", steps.Select(StepText.Of))}");
                else
                    needed++;
            }
        }
        output.WriteLine($"{tried} steps, {needed} needed");
        needed.ShouldBeGreaterThan(0);
        Assert.True(superfluous.Count == 0, string.Join("\n\n", superfluous.Values));
    }

    /// <summary>The last address of a link takes its other routes along (fib_disable_ip), and not these: seen on a kernel.</summary>
    [Fact]
    public void A_route_over_a_nexthop_object_is_asked_to_go_from_a_link_that_becomes_a_port()
    {
        var bare = TwinKernel.Of("eth0");
        var (_, ledger) = Carried.Out(Walk.Plan(Read("nics: {eth0: {addresses: [192.0.2.1/24]}}"), bare, Ledger.Empty, new Timings()), bare, new Timings());
        var now = bare.Observe();
        Route Over(string to) => new(At.Nowhere(IpPrefix.Parse(to))) { Link = At.Nowhere("eth0"), Protocol = 3, Scope = "link" };
        var hop = new Kept(KeptKind.Nexthop, "eth0", "nexthop id 7 dev eth0") { Nexthop = 7 };
        var kernel = TwinKernel.From(now with { Host = now.Host with { Routes = [Over("198.51.100.1/32"), Over("198.51.100.2/32") with { Nexthop = 7 }], Kept = [hop] } });
        var drawing = Walk.Plan(Read("nics: {eth0: {}}\nbridges: {br0: {ports: [eth0]}}"), kernel, ledger, new Timings());
        drawing.Plan.Steps.OfType<Step.OfRoute>().Select(StepText.Of).ShouldBe(["remove route 198.51.100.2/32 dev eth0"]);
        var (outcome, _) = Carried.Out(drawing, kernel, new Timings());
        outcome.Ending.ShouldBe(Ending.Applied, string.Join('\n', outcome.Findings.Select(finding => finding.What)));
    }

    private static Host Read(string text) => Weft.Spec.HostFile.Read("host.yaml", $"version: 1\n{text}\n").Host.ShouldNotBeNull();

    /// <summary>What two steps have in common that are superfluous for one cause.</summary>
    private static string Words(Step step) => step is Step.OfLink link ? $"{StepText.Verb(step)} {link.Kind} {string.Join(' ', link.Settings.Select(pair => pair.Key.Name))}" : $"{StepText.Verb(step)} {step.GetType().Name}";

    /// <summary>How a host ended that was sent a plan.</summary>
    private sealed record Ended(List<string> Facts, bool Refused, bool Left);

    private sealed class Trial
    {
        private readonly TwinKernel kernel = TwinKernel.Of(RandomHost.Nics);
        private readonly HashSet<string> known;

        public Trial(Pair pair)
        {
            var (from, to) = (RandomHost.Read(pair.From)!, RandomHost.Read(pair.To)!);
            known = Law.Known(kernel.Observe(), from, to);
            var (_, ledger) = Carried.Out(Walk.Plan(from, kernel, Ledger.Empty, new Timings()), kernel, new Timings());
            Drawing = Walk.Plan(to, kernel, ledger, new Timings());
        }

        public Drawing Drawing { get; }

        /// <summary>Executes the plan without one of its steps.</summary>
        public Ended Executed(int? without)
        {
            var steps = Drawing.Plan.Steps.Where(step => step.Sends).ToList();
            if (without is { } at)
                steps.RemoveAt(at);
            var refused = kernel.Execute(steps).Any(answer => answer is not null);
            return new(RandomHosts.Facts.Of(kernel.Observe(Inquiry.Everything), known, hidden: true), refused, !Weft.Verify.Verifier.Compare(Drawing, kernel).Left.IsEmpty);
        }
    }
}

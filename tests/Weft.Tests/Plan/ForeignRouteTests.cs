// Routes of others: a daemon's is never pushed out, an administrator's is the file's to change.

using System.Net;
using Weft.Apply;
using Weft.Model;
using Weft.Plan;
using Weft.Spec;
using Weft.Text;

namespace Weft.Tests.Plan;

public sealed class ForeignRouteTests
{
    private const string File = "nics: {eth0: {addresses: [10.0.0.5/24]}}\nroutes: [{to: 10.9.0.0/16, via: 10.0.0.1}]\n";

    [Theory]
    [InlineData(12, true, "bird")]
    [InlineData(186, true, "BGP")]
    [InlineData(3, false, "")]
    [InlineData(4, false, "")]
    public void Only_a_route_that_a_daemon_put_there_is_kept_against_the_file(byte protocol, bool refused, string owner)
    {
        var plan = Planner.Plan(Ledger.Empty, HostFile.Read("host.yaml", File).Host!, Now(protocol, "10.0.0.2"));
        plan.IsRefused.ShouldBe(refused);
        if (refused)
            plan.Findings.Single().ShouldSatisfyAllConditions(finding => finding.Rule.ShouldBe("foreign-route"), finding => finding.What.ShouldContain(owner));
        else
            plan.Steps.OfType<Step.OfRoute>().Single().Verb.ShouldBe(Verb.Set);
    }

    [Fact]
    public void A_daemons_route_that_is_just_as_wanted_is_adopted_without_a_message() =>
        Planner.Plan(Ledger.Empty, HostFile.Read("host.yaml", File).Host!, Now(12, "10.0.0.1")).Steps.Where(step => step.Sends).ShouldBeEmpty();

    private static Observation Now(byte protocol, string via) => Observation.Of(new Host
    {
        Links = [ShowObserved.Nic(2, "eth0").With(addresses: ["10.0.0.5/24"])],
        Routes = [new Route(At.Nowhere(IpPrefix.Parse("10.9.0.0/16"))) { Via = At.Nowhere(IPAddress.Parse(via)), Link = At.Nowhere("eth0"), Protocol = protocol, Scope = "global" }],
    });
}

// Network.create takes no bridge whose name begins as the links do that XenServer makes itself (xapi_network.ml): guests' vif and tap, its NICs' eth, its own
// xenbr and xapi. Those last it gives in turn, with a number, and under such a name a bridge is one of its own. Longer than 15 bytes is refused in reading, for no kernel takes it.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>No bridge has a name that XenServer keeps for its own links.</summary>
public sealed class XenserverName() : Rule("xenserver-name", Severity.Error)
{
    public override string Why => "XenServer keeps names that begin with xen, xapi, vif, tap or eth for the links that it makes itself, and refuses them for a network's bridge";

    private static readonly string[] Taken = ["xen", "xapi", "vif", "tap", "eth"];

    public override string Bad => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bridges:
          xenbr0: {ports: [eth0]}
          [|xen-storage|]: {ports: [eth1]}
        """;

    public override string Good => """
        profile: xenserver
        nics: {eth0: {}, eth1: {}}
        bridges:
          xenbr0: {ports: [eth0]}
          storage: {ports: [eth1]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from bridge in stack.Host.Of(LinkKind.Bridge)
        where XenServer.IsAsked(stack) && !IsNumbered(bridge.Name.Value, "xenbr") && !IsNumbered(bridge.Name.Value, "xapi")
        let begin = Taken.FirstOrDefault(begin => bridge.Name.Value.StartsWith(begin, StringComparison.Ordinal))
        where begin is not null
        select At(bridge.Name.Place, $"the bridge {bridge.Name} has a name that begins with {begin}", "give it another name, or one with the number of XenServer's own: xenbr0, xapi0");

    private static bool IsNumbered(string name, string begin) =>
        name.Length > begin.Length && name.StartsWith(begin, StringComparison.Ordinal) && name.AsSpan(begin.Length).IndexOfAnyExceptInRange('0', '9') < 0;
}

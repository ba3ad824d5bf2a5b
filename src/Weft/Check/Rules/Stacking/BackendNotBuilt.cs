// The file may name a backend that this version cannot drive. Building Linux bridges instead would be guessing at what is
// wanted, on a host whose guests expect Open vSwitch.

using Weft.Text;

namespace Weft.Check;

/// <summary>Only backends that are there.</summary>
public sealed class BackendNotBuilt() : Rule("backend-not-built", Severity.Error)
{
    public override string Why => "this version builds Linux bridges only, and making one where Open vSwitch is wanted would be a guess";

    public override string Bad => """
        backend: [|openvswitch|]
        """;

    public override string Good => """
        backend: linux-bridge
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        stack.Host.Rest.Word("backend") is { } backend and not "linux-bridge" ? [At(stack.Host.Rest.Get("backend")!.Place, $"the backend {backend} is not built yet", "write backend: linux-bridge, or leave it out")] : [];
}

// A veth is one cable with two ends, made by one message: each end is an entry of its own, and each says the other.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Text;

namespace Weft.Check;

/// <summary>Each end of a veth names the other.</summary>
public sealed class VethPeer() : Rule("veth-peer", Severity.Error)
{
    public override string Why => "a veth is a cable with two ends, which the kernel makes and removes together; one that no entry takes up stays down, and the other has no carrier";

    public override string Bad => """
        veths:
          ve0: {peer: [|ve1|]}
        """;

    public override string Good => """
        veths:
          ve0: {peer: ve1}
          ve1: {peer: ve0}
        """;

    internal override IEnumerable<Finding> Look(Stack stack)
    {
        foreach (var veth in stack.Host.Of(LinkKind.Veth))
            if (veth.Settings.Get(VethLines.Peer) is { } peer && Wrong(stack.Host, veth, peer.Value.ToString()!) is var (what, mend))
                yield return At(peer.Place, what, mend);
    }

    private static (string What, string Mend)? Wrong(Host host, Link veth, string peer) =>
        peer == veth.Name.Value ? ($"{veth.Name} is said to be its own other end", "give the other end a name of its own, and an entry")
        : host.Find(peer) is not { } end ? host.Unread.Contains(LinkKind.Veth.Section!) ? null : ($"{veth.Name}'s other end {Quote.Of(peer)} is declared nowhere", $"declare it under veths: {Quote.Clean(peer)}: {{peer: {veth.Name}}}")
        : end.Kind != LinkKind.Veth ? ($"{veth.Name}'s other end {peer} is declared as a {end.Kind}", "name the other end of the veth, which is an entry of veths too")
        : end.Settings.Get(VethLines.Peer) is { } back && back.Value != Value.Of(veth.Name.Value) ? ($"{veth.Name} names {peer} as its other end, and {peer} names {back.Value} (line {back.Place.Line})", "let the two name each other")
        : null;
}

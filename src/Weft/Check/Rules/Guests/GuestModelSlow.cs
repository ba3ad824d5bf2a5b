// What stands for real hardware is emulated register by register, and each access stops the guest; a virtio NIC shares its queues with the
// host (OASIS virtio 1.2, 5.1). One advice a model: who has one such guest often has many. Where guest-mtu speaks, it gives the same advice.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>Virtio where the guest knows it.</summary>
public sealed class GuestModelSlow() : Rule("guest-model-slow", Severity.Advice)
{
    public override string Why => "such a NIC imitates hardware register by register, which costs the host a processor at a fraction of virtio's speed";

    public override string Bad => """
        bridges: {br0: {}}
        guests:
          web1: {nics: [{bridge: br0, model: [|e1000|]}]}
        """;

    public override string Good => """
        bridges: {br0: {}}
        guests:
          web1: {nics: [{bridge: br0, model: virtio}]}
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from pair in stack.Host.Guests.SelectMany(guest => guest.Nics.Select(nic => (Guest: guest, Nic: nic)))
        where pair.Nic.Model is { } model && IsSlow(model.Value) && !GuestModels.IsTooSmall(stack, pair.Nic)
        group pair by pair.Nic.Model!.Value into same
        let first = same.First()
        select At(first.Nic.Model!.Place, $"{first.Guest.Name} has a NIC of model {same.Key}{(same.Count() == 1 ? "" : $", the first of {same.Count()}")}", "write model: virtio; or leave it, where the guest has no driver for that");

    private static bool IsSlow(string model) => model.StartsWith("ne2k", StringComparison.Ordinal) || model is "rtl8139" or "pcnet" or "e1000" or "e1000-82540em" or "e1000-82544gc" or "e1000-82545em";
}

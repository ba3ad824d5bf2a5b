// What the NIC models that guests see can take.

using Weft.Model;

namespace Weft.Check;

internal static class GuestModels
{
    /// <summary>Whether the guest's bridge hands it packets that its model does not take.</summary>
    public static bool IsTooSmall(Stack stack, GuestNic nic) =>
        nic is { Bridge: { } name, Model: { } model } && Most(model.Value) is { } most && stack.Host.Find(name.Value) is { } bridge && stack.Mtu(bridge) > most;

    /// <summary>In bytes; null of a model whose driver is not known.</summary>
    public static long? Most(string model) => model switch
    {
        "rtl8139" => 4096,
        "e1000" or "e1000-82540em" or "e1000-82544gc" or "e1000-82545em" => 16110,
        "e1000e" => 9212,
        "ne2k_pci" or "ne2k_isa" or "pcnet" => 1500,
        _ => null,
    };
}

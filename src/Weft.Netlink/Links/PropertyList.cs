// IFLA_PROP_LIST: alternative names under one repeated type. Changed by RTM_NEWLINKPROP and RTM_DELLINKPROP only.
namespace Weft.Netlink;

/// <summary>A link's properties.</summary>
public sealed class PropertyList : IAttributes
{
    /// <summary>Alternative names, up to 127 bytes each.</summary>
    public List<string>? AltNames;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.Texts(53, "alt_ifname", ref AltNames);
    }
}

// ETHTOOL_A_FEATURES_*: offloads. What is active may differ from what is wanted, where one needs another or the stack above forbids it.
namespace Weft.Netlink;

/// <summary>Offloads.</summary>
public sealed class FeaturesMessage : EthtoolMessage
{
    /// <summary>Those that can be changed.</summary>
    public EthtoolBits? Hardware;

    /// <summary>Those that somebody wants; what a change says.</summary>
    public EthtoolBits? Wanted;

    /// <summary>Those that are at work, with every name that this kernel has.</summary>
    public EthtoolBits? Active;

    /// <summary>Those that never change.</summary>
    public EthtoolBits? Fixed;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.Nest(1, "header", ref Header);
        pass.Nest(2, "hw", ref Hardware);
        pass.Nest(3, "wanted", ref Wanted);
        pass.Nest(4, "active", ref Active);
        pass.Nest(5, "nochange", ref Fixed);
    }
}

// What every ethtool message begins with: the link that it is about (ETHTOOL_A_HEADER_*).
namespace Weft.Netlink;

/// <summary>The link that a message is about.</summary>
public sealed class EthtoolHeader : IAttributes
{
    /// <summary>ETHTOOL_FLAG_OMIT_REPLY: of a change only the verdict is wanted.</summary>
    public const uint OmitReply = 1 << 1;

    /// <summary>Its index.</summary>
    public int? Index;

    /// <summary>Its name.</summary>
    public string? Name;

    /// <summary>ETHTOOL_FLAG_*: how the answer is wanted.</summary>
    public uint? Flags;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.I32(1, "dev_index", ref Index);
        pass.Text(2, "dev_name", ref Name);
        pass.U32(3, "flags", ref Flags);
    }
}

/// <summary>A message about a link's hardware.</summary>
public abstract class EthtoolMessage : GenericMessage
{
    /// <summary>Which link.</summary>
    public EthtoolHeader? Header;
}

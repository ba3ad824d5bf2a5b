// The controller (GENL_ID_CTRL), which alone has a fixed number: it tells the numbers of all others.
namespace Weft.Netlink;

/// <summary>A generic family.</summary>
public sealed class FamilyMessage : GenericMessage
{
    /// <summary>GENL_ID_CTRL.</summary>
    public const MessageType Controller = (MessageType)16;

    /// <summary>CTRL_CMD_GETFAMILY.</summary>
    public const byte Get = 3;

    /// <summary>The number: the type of its messages.</summary>
    public ushort? Id;

    /// <summary>Its name.</summary>
    public string? Name;

    /// <summary>Its own version.</summary>
    public uint? FamilyVersion;

    /// <summary>Bytes of its own header behind the generic one.</summary>
    public uint? OwnHeader;

    /// <summary>The highest attribute type.</summary>
    public uint? Highest;

    /// <inheritdoc/>
    public override void Walk<TPass>(ref TPass pass)
    {
        pass.U16(1, "family_id", ref Id);
        pass.Text(2, "family_name", ref Name);
        pass.U32(3, "version", ref FamilyVersion);
        pass.U32(4, "hdrsize", ref OwnHeader);
        pass.U32(5, "maxattr", ref Highest);
    }
}

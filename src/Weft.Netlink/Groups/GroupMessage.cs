// RTM_NEWMDB, RTM_DELMDB, RTM_GETMDB (linux/if_bridge.h, MDBA_*): a bridge's multicast groups, each with the ports that
// want it.
// Surprise: the same attribute number 1 is a nest of entries when the kernel tells (MDBA_MDB) and one bare entry when it is
// told (MDBA_SET_ENTRY). IsRequest says which, and nothing on the wire does.
namespace Weft.Netlink;

/// <summary>Multicast groups as the kernel tells them, or one to be set.</summary>
public sealed class GroupMessage : IMessage
{
    /// <summary>The bridge.</summary>
    public GroupHeader Header;

    /// <summary>The message asks for an entry rather than telling some.</summary>
    public bool IsRequest { get; init; }

    /// <summary>What is told.</summary>
    public GroupTable? Mdb;

    /// <summary>What is asked for.</summary>
    public GroupEntry? SetEntry;

    /// <summary>Sources and filters of the entry that is asked for.</summary>
    public GroupWish? SetEntryAttrs;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Raw { get; set; }

    /// <inheritdoc/>
    public int HeaderSize => GroupHeader.Size;

    /// <inheritdoc/>
    public void ReadHeader(ReadOnlySpan<byte> source) => Header = GroupHeader.Read(source);

    /// <inheritdoc/>
    public void WriteHeader(Span<byte> destination) => Header.Write(destination);

    /// <inheritdoc/>
    public string DescribeHeader() => Header.ToString();

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        if (IsRequest)
        {
            pass.Struct(1, "set_entry", ref SetEntry);
            pass.Nest(2, "set_entry_attrs", ref SetEntryAttrs);
        }
        else
        {
            pass.Nest(1, "mdb", ref Mdb);
        }
    }
}

// NLM_F_* of linux/netlink.h. The same bits mean one thing on a get, another on a new and a third on an answer, hence
// the values that are equal.
namespace Weft.Netlink;

/// <summary>Flags of a netlink message.</summary>
[Flags]
public enum MessageFlags : ushort
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>A request to the kernel.</summary>
    Request = 0x01,

    /// <summary>One of several messages that Done ends.</summary>
    Multi = 0x02,

    /// <summary>Answer in any case.</summary>
    Ack = 0x04,

    /// <summary>Send the resulting notification back to the sender.</summary>
    Echo = 0x08,

    /// <summary>The dump was disturbed by a change and must be taken again.</summary>
    DumpInterrupted = 0x10,

    /// <summary>The dump honoured the request's filter.</summary>
    DumpFiltered = 0x20,

    /// <summary>On a get: everything.</summary>
    Dump = 0x300,

    /// <summary>On a new: replace what is there.</summary>
    Replace = 0x100,

    /// <summary>On a new: refuse when it is there already.</summary>
    Exclusive = 0x200,

    /// <summary>On a new: make it when it is not there.</summary>
    Create = 0x400,

    /// <summary>On a new: add behind what is there.</summary>
    Append = 0x800,

    /// <summary>On an error: the refused message was cut to its header.</summary>
    Capped = 0x100,

    /// <summary>On an error: attributes follow.</summary>
    AckAttributes = 0x200,
}

// Message types of linux/netlink.h and linux/rtnetlink.h. The kinds without a set here still have a name.
namespace Weft.Netlink;

/// <summary>The type of a netlink message.</summary>
public enum MessageType : ushort
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>NLMSG_NOOP: to be skipped.</summary>
    Noop = 1,

    /// <summary>NLMSG_ERROR: an acknowledgement, or a refusal when its number is not zero.</summary>
    Error = 2,

    /// <summary>NLMSG_DONE: the end of a dump.</summary>
    Done = 3,

    /// <summary>NLMSG_OVERRUN: data was lost.</summary>
    Overrun = 4,

    /// <summary>RTM_NEWLINK.</summary>
    NewLink = 16,

    /// <summary>RTM_DELLINK.</summary>
    DeleteLink = 17,

    /// <summary>RTM_GETLINK.</summary>
    GetLink = 18,

    /// <summary>RTM_SETLINK: changes a link that exists; for AF_BRIDGE adds to its VLAN table, and DeleteLink removes.</summary>
    SetLink = 19,

    /// <summary>RTM_NEWADDR.</summary>
    NewAddress = 20,

    /// <summary>RTM_DELADDR.</summary>
    DeleteAddress = 21,

    /// <summary>RTM_GETADDR.</summary>
    GetAddress = 22,

    /// <summary>RTM_NEWROUTE.</summary>
    NewRoute = 24,

    /// <summary>RTM_DELROUTE.</summary>
    DeleteRoute = 25,

    /// <summary>RTM_GETROUTE.</summary>
    GetRoute = 26,

    /// <summary>RTM_NEWNEIGH.</summary>
    NewNeighbour = 28,

    /// <summary>RTM_DELNEIGH.</summary>
    DeleteNeighbour = 29,

    /// <summary>RTM_GETNEIGH.</summary>
    GetNeighbour = 30,

    /// <summary>RTM_NEWRULE.</summary>
    NewRule = 32,

    /// <summary>RTM_DELRULE.</summary>
    DeleteRule = 33,

    /// <summary>RTM_GETRULE.</summary>
    GetRule = 34,

    /// <summary>RTM_NEWQDISC.</summary>
    NewQdisc = 36,

    /// <summary>RTM_DELQDISC.</summary>
    DeleteQdisc = 37,

    /// <summary>RTM_GETQDISC.</summary>
    GetQdisc = 38,

    /// <summary>RTM_NEWTCLASS.</summary>
    NewClass = 40,

    /// <summary>RTM_DELTCLASS.</summary>
    DeleteClass = 41,

    /// <summary>RTM_GETTCLASS.</summary>
    GetClass = 42,

    /// <summary>RTM_NEWTFILTER.</summary>
    NewFilter = 44,

    /// <summary>RTM_DELTFILTER.</summary>
    DeleteFilter = 45,

    /// <summary>RTM_GETTFILTER.</summary>
    GetFilter = 46,

    /// <summary>RTM_NEWMDB.</summary>
    NewMdb = 84,

    /// <summary>RTM_DELMDB.</summary>
    DeleteMdb = 85,

    /// <summary>RTM_GETMDB.</summary>
    GetMdb = 86,

    /// <summary>RTM_NEWNSID.</summary>
    NewNsid = 88,

    /// <summary>RTM_DELNSID.</summary>
    DeleteNsid = 89,

    /// <summary>RTM_GETNSID.</summary>
    GetNsid = 90,

    /// <summary>RTM_NEWNEXTHOP.</summary>
    NewNexthop = 104,

    /// <summary>RTM_DELNEXTHOP.</summary>
    DeleteNexthop = 105,

    /// <summary>RTM_GETNEXTHOP.</summary>
    GetNexthop = 106,

    /// <summary>RTM_NEWLINKPROP: adds alternative names.</summary>
    NewLinkProperty = 108,

    /// <summary>RTM_DELLINKPROP: removes alternative names.</summary>
    DeleteLinkProperty = 109,

    /// <summary>RTM_NEWVLAN.</summary>
    NewVlan = 112,

    /// <summary>RTM_DELVLAN.</summary>
    DeleteVlan = 113,

    /// <summary>RTM_GETVLAN.</summary>
    GetVlan = 114,
}

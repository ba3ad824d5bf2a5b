// RTA_METRICS (linux/rtnetlink.h, RTAX_*). Types 1 to 17; the bits of lock say which may not be changed by the protocols.
namespace Weft.Netlink;

/// <summary>The metrics of a route.</summary>
public sealed class RouteMetrics : IAttributes
{
    /// <summary>Bit N: metric N is fixed.</summary>
    public uint? Lock;

    /// <summary>Bytes.</summary>
    public uint? Mtu;

    /// <summary>Bytes.</summary>
    public uint? Window;

    /// <summary>1/8 ms.</summary>
    public uint? Rtt;

    /// <summary>1/4 ms.</summary>
    public uint? Rttvar;

    /// <summary>Packets.</summary>
    public uint? Ssthresh;

    /// <summary>Packets.</summary>
    public uint? Cwnd;

    /// <summary>Bytes.</summary>
    public uint? Advmss;

    /// <summary>Packets.</summary>
    public uint? Reordering;

    /// <summary>Hops.</summary>
    public uint? Hoplimit;

    /// <summary>Packets.</summary>
    public uint? Initcwnd;

    /// <summary>Bits: ecn 1, sack 2, timestamp 4, allfrag 8.</summary>
    public uint? Features;

    /// <summary>ms.</summary>
    public uint? RtoMin;

    /// <summary>Packets.</summary>
    public uint? Initrwnd;

    /// <summary>0 or 1.</summary>
    public uint? Quickack;

    /// <summary>Congestion control by name.</summary>
    public string? CcAlgo;

    /// <summary>0 or 1.</summary>
    public uint? FastopenNoCookie;

    /// <inheritdoc/>
    public void Walk<TPass>(ref TPass pass) where TPass : struct, IPass, allows ref struct
    {
        pass.U32(1, "lock", ref Lock);
        pass.U32(2, "mtu", ref Mtu);
        pass.U32(3, "window", ref Window);
        pass.U32(4, "rtt", ref Rtt);
        pass.U32(5, "rttvar", ref Rttvar);
        pass.U32(6, "ssthresh", ref Ssthresh);
        pass.U32(7, "cwnd", ref Cwnd);
        pass.U32(8, "advmss", ref Advmss);
        pass.U32(9, "reordering", ref Reordering);
        pass.U32(10, "hoplimit", ref Hoplimit);
        pass.U32(11, "initcwnd", ref Initcwnd);
        pass.U32(12, "features", ref Features);
        pass.U32(13, "rto_min", ref RtoMin);
        pass.U32(14, "initrwnd", ref Initrwnd);
        pass.U32(15, "quickack", ref Quickack);
        pass.Text(16, "cc_algo", ref CcAlgo);
        pass.U32(17, "fastopen_no_cookie", ref FastopenNoCookie);
    }
}

// A probe: one question whose answer tells that a host can still be reached, and over it. Two probes are equal when they ask
// the same, wherever in the file they were written.

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Weft.Text;

namespace Weft.Reach;

/// <summary>What a probe asks.</summary>
public enum ProbeKind
{
    /// <summary>Whether a next hop of a default route answers on its link: ARP (RFC 826) or neighbour discovery (RFC 4861).</summary>
    Gateway,

    /// <summary>Whether an address answers an ICMP echo.</summary>
    Ping,

    /// <summary>Whether an address accepts a TCP connection.</summary>
    Tcp,

    /// <summary>Whether a NIC is up and has carrier (IFLA_CARRIER).</summary>
    Carrier,

    /// <summary>Whether the other end of a bond's port speaks LACP, and both ends collect and distribute.</summary>
    Partner,
}

/// <summary>One question.</summary>
/// <param name="Kind">What is asked.</param>
public sealed record Probe(ProbeKind Kind)
{
    /// <summary>Who is to answer; null for carrier and partner.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The TCP port; 0 for the other kinds.</summary>
    public int Port { get; init; }

    /// <summary>The link that is asked over, or asked about; null where the kernel's routes choose it.</summary>
    public string? Link { get; init; }

    /// <summary>The bond that the port is in, for <see cref="ProbeKind.Partner"/>.</summary>
    public string? Bond { get; init; }

    /// <summary>The line of the file that asks for it; nowhere where none does.</summary>
    public Place Place { get; init; }

    public static Probe OfGateway(IPAddress address, string link, Place place = default) => new(ProbeKind.Gateway) { Address = address, Link = link, Place = place };
    public static Probe OfPing(IPAddress address, Place place = default) => new(ProbeKind.Ping) { Address = address, Place = place };
    public static Probe OfTcp(IPAddress address, int port, Place place = default) => new(ProbeKind.Tcp) { Address = address, Port = port, Place = place };
    public static Probe OfCarrier(string nic, Place place = default) => new(ProbeKind.Carrier) { Link = nic, Place = place };
    public static Probe OfPartner(string port, string bond, Place place = default) => new(ProbeKind.Partner) { Link = port, Bond = bond, Place = place };

    /// <summary>The kind's word in JSON: `gateway`, `ping`, `tcp`, `carrier`, `partner`.</summary>
    public string Word => Kind switch
    {
        ProbeKind.Gateway => "gateway",
        ProbeKind.Ping => "ping",
        ProbeKind.Tcp => "tcp",
        ProbeKind.Carrier => "carrier",
        _ => "partner",
    };

    public bool Equals(Probe? other) => other is not null && (Kind, Port, Link, Bond) == (other.Kind, other.Port, other.Link, other.Bond) && Equals(Address, other.Address);
    public override int GetHashCode() => HashCode.Combine(Kind, Address, Port, Link, Bond);

    /// <summary>`gateway 10.0.0.1 on br0 by ARP`, `tcp 172.20.80.2:53`, `LACP partner of eth0 in bond0`.</summary>
    public override string ToString() => Kind switch
    {
        ProbeKind.Gateway => $"gateway {Address} on {Link} by {(Is6 ? "ND" : "ARP")}",
        ProbeKind.Ping => $"ping {Address}",
        ProbeKind.Tcp => string.Create(CultureInfo.InvariantCulture, $"tcp {(Is6 ? $"[{Address}]" : $"{Address}")}:{Port}"),
        ProbeKind.Carrier => $"carrier of {Link}",
        _ => $"LACP partner of {Link} in {Bond}",
    };

    private bool Is6 => Address?.AddressFamily == AddressFamily.InterNetworkV6;
}

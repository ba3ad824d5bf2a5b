// Which settings of a link are kept: their places in the arrays of a link message (linux/ip.h, linux/ipv6.h) and their files
// under /proc/sys. Left out is what is no setting: mc_forwarding and mtu, which the kernel derives; disable_ipv6, which a host file
// says; stable_secret, which netlink does not tell.
// Surprise: netlink tells some of IPv6's times in milliseconds, and their files take seconds.

using System.Collections.Immutable;

namespace Weft.Linux.Keeping;

/// <summary>A setting of a link.</summary>
/// <param name="At">Its place in the array.</param>
/// <param name="Name">Its file.</param>
/// <param name="Unit">How many of the array's units are one of the file's.</param>
/// <param name="Own">A value that the kernel gives by itself, or that means nothing alone: it is never kept.</param>
/// <param name="Unsigned">The file takes no number below zero; the array has 32 bits of either.</param>
internal sealed record SysctlLine(int At, string Name, int Unit = 1, int? Own = null, bool Unsigned = false);

internal static class SysctlLines
{
    private const int Seconds = 1000;

    /// <summary>IPV4_DEVCONF_* less one.</summary>
    public static readonly ImmutableArray<SysctlLine> Inet =
    [
        new(0, "forwarding"), new(2, "proxy_arp"), new(3, "accept_redirects"), new(4, "secure_redirects"), new(5, "send_redirects"), new(6, "shared_media"),
        new(7, "rp_filter"), new(8, "accept_source_route"), new(9, "bootp_relay"), new(10, "log_martians"), new(11, "tag"), new(12, "arp_filter"), new(13, "medium_id"),
        new(14, "disable_xfrm"), new(15, "disable_policy"), new(16, "force_igmp_version"), new(17, "arp_announce"), new(18, "arp_ignore"), new(19, "promote_secondaries"),
        new(20, "arp_accept"), new(21, "arp_notify"), new(22, "accept_local"), new(23, "src_valid_mark"), new(24, "proxy_arp_pvlan"), new(25, "route_localnet"),
        new(26, "igmpv2_unsolicited_report_interval"), new(27, "igmpv3_unsolicited_report_interval"), new(28, "ignore_routes_with_linkdown"),
        new(29, "drop_unicast_in_l2_multicast"), new(30, "drop_gratuitous_arp"), new(31, "bc_forwarding"), new(32, "arp_evict_nocarrier"),
    ];

    /// <summary>DEVCONF_*. Without ARP a link has accept_dad -1, a tunnel use_tempaddr -1; addr_gen_mode 2 is nothing without its secret.</summary>
    public static readonly ImmutableArray<SysctlLine> Inet6 =
    [
        new(0, "forwarding"), new(1, "hop_limit"), new(3, "accept_ra"), new(4, "accept_redirects"), new(5, "autoconf"), new(6, "dad_transmits"), new(7, "router_solicitations"),
        new(8, "router_solicitation_interval", Seconds), new(9, "router_solicitation_delay", Seconds), new(10, "use_tempaddr", Own: -1), new(11, "temp_valid_lft"),
        new(12, "temp_prefered_lft"), new(13, "regen_max_retry"), new(14, "max_desync_factor"), new(15, "max_addresses"), new(16, "force_mld_version"),
        new(17, "accept_ra_defrtr"), new(18, "accept_ra_pinfo"), new(19, "accept_ra_rtr_pref"), new(20, "router_probe_interval", Seconds), new(21, "accept_ra_rt_info_max_plen"),
        new(22, "proxy_ndp"), new(23, "optimistic_dad"), new(24, "accept_source_route"), new(27, "accept_dad", Own: -1), new(28, "force_tllao"), new(29, "ndisc_notify"),
        new(30, "mldv1_unsolicited_report_interval"), new(31, "mldv2_unsolicited_report_interval"), new(32, "suppress_frag_ndisc"), new(33, "accept_ra_from_local"),
        new(34, "use_optimistic"), new(35, "accept_ra_mtu"), new(37, "use_oif_addrs_only"), new(38, "accept_ra_min_hop_limit"), new(39, "ignore_routes_with_linkdown"),
        new(40, "drop_unicast_in_l2_multicast"), new(41, "drop_unsolicited_na"), new(42, "keep_addr_on_down"), new(43, "router_solicitation_max_interval", Seconds),
        new(44, "seg6_enabled"), new(45, "seg6_require_hmac"), new(46, "enhanced_dad"), new(47, "addr_gen_mode", Own: 2), new(48, "disable_policy"),
        new(49, "accept_ra_rt_info_min_plen"), new(50, "ndisc_tclass"), new(51, "rpl_seg_enabled"), new(52, "ra_defrtr_metric", Unsigned: true), new(53, "ioam6_enabled"), new(54, "ioam6_id"),
        new(56, "ndisc_evict_nocarrier"), new(57, "accept_untracked_na"), new(58, "accept_ra_min_lft"), new(59, "force_forwarding"),
    ];
}

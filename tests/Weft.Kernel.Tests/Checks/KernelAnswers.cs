// What a kernel answers to the bad example of each rule that is an error, where nobody looked at the file before it was sent. A line is a claim:
// `RuleExamplesTests` sends the example and wants this answer with these words. docs/lab/seen-of-rules.md prints them.

namespace Weft.Kernel.Tests.Checks;

/// <summary>What becomes of a file that nobody looked at.</summary>
internal enum Answer
{
    /// <summary>The kernel refuses a step.</summary>
    Refused,

    /// <summary>The kernel takes every step, and what is there then is not what the file says.</summary>
    Undone,

    /// <summary>Weft itself cannot make a plan of it, so that no kernel is asked.</summary>
    Unsent,

    /// <summary>The kernel takes it and keeps it. What breaks, breaks later or elsewhere.</summary>
    Taken,
}

/// <summary>An answer, and its words: the kernel's, or those of what it leaves undone, or what breaks of what it takes.</summary>
internal sealed record Said(Answer Answer, string Words);

internal static class KernelAnswers
{
    private const string Xapi = "xapi refuses it; the kernel below knows nothing of a pool";
    private const string OnePort = "one port carries frames, the others wait";

    public static readonly SortedDictionary<string, Said> Of = new(StringComparer.Ordinal)
    {
        ["absent-declared"] = new(Answer.Undone, "remove bridge br0"),
        ["address-on-port"] = new(Answer.Taken, "the bridge takes the answers"),
        ["address-refused"] = new(Answer.Refused, "add address ff02::1/64 on eth0: EADDRNOTAVAIL"),
        ["address-taken"] = new(Answer.Taken, "two answer for one address"),
        ["address-twice"] = new(Answer.Taken, "the longer prefix leads away from the network"),
        ["altname-twice"] = new(Answer.Unsent, "uplink is wanted as another name of eth1"),
        ["arp-target-own"] = new(Answer.Taken, "no probe is sent, and the ports fail"),
        ["arp-target-twice"] = new(Answer.Refused, "EINVAL: invalid option value (at linkinfo.data.arp_ip_target)"),
        ["backend-not-built"] = new(Answer.Taken, "the word leads to no message: Weft alone reads it"),
        ["bond-in-bond"] = new(Answer.Taken, "where both speak LACP the outer bond finds no partner on the inner one"),
        ["bond-of-two-vlans"] = new(Answer.Taken, "the other port is another network"),
        ["bond-ports-share-mac"] = new(Answer.Refused, "set vlan eth0.6: master bond0: EFAULT"),
        ["bridge-in-bridge"] = new(Answer.Refused, "ELOOP: Can not enslave a bridge to a bridge"),
        ["bridge-joins-segment"] = new(Answer.Taken, "a loop: one broadcast goes round and round"),
        ["cycle"] = new(Answer.Refused, "set vlan bond0.5: master bond0: ENETDOWN"),
        ["dangling-name"] = new(Answer.Taken, "the kernel never hears of the name, and the bond has half its ports"),
        ["delay-without-miimon"] = new(Answer.Refused, "updelay 200: EPERM"),
        ["family-off"] = new(Answer.Refused, "add address 2001:db8::5/64 on eth0: EACCES"),
        ["forward-delay-too-short"] = new(Answer.Undone, "set bridge br0: forward_delay 100"),
        ["gateway-unreachable"] = new(Answer.Refused, "ENETUNREACH: Nexthop has invalid gateway"),
        ["group-fwd-mask-refused"] = new(Answer.Refused, "group_fwd_mask 4, up: EINVAL"),
        ["group-of-two-bonds"] = new(Answer.Taken, "the switch sends to a link that is not of the bond, or not at all"),
        ["guest-mtu"] = new(Answer.Taken, "an emulated rtl8139 has no larger frames; a lab's guests have veths, which have"),
        ["key-of-openvswitch"] = new(Answer.Taken, "the key leads to no message: only Open vSwitch's database has it"),
        ["lacp-over-vlan"] = new(Answer.Taken, $"LACPDUs go tagged, and no switch reads them; {OnePort}"),
        ["lacp-without-partner"] = new(Answer.Taken, OnePort),
        ["lag-across-switches"] = new(Answer.Taken, $"two partners; {OnePort}"),
        ["lag-in-two-groups"] = new(Answer.Taken, "two partners; the ports of one group carry frames, the others wait"),
        ["lag-members-differ"] = new(Answer.Taken, "a switch suspends the port; a lab's switch gives all ports of a group what any of them has"),
        ["lag-under-active-backup"] = new(Answer.Taken, "the switch sends to ports that the bond does not listen on"),
        ["lifetime-refused"] = new(Answer.Refused, "preferred_lft forever valid_lft 600: EINVAL"),
        ["link-and-its-vlan-in-one-bridge"] = new(Answer.Taken, "two VLANs become one"),
        ["loopback-below"] = new(Answer.Refused, "set loopback lo: master br0: EINVAL"),
        ["mac-of-active-port"] = new(Answer.Undone, "set bond bond0: mac 02:00:5e:00:00:10"),
        ["mac-twice"] = new(Answer.Taken, "a bridge sends to whoever spoke last"),
        ["macvlan-mac"] = new(Answer.Refused, "EADDRINUSE"),
        ["macvlan-on-macvlan"] = new(Answer.Undone, "add macvlan mv1: link mv0"),
        ["macvlan-on-port"] = new(Answer.Unsent, "eth0 is wanted as a port of br0, and mv0 stands on it"),
        ["macvlan-passthru"] = new(Answer.Refused, "add macvlan mv1: link eth0, up: EINVAL"),
        ["mcast-vlan-snooping-without-filtering"] = new(Answer.Refused, "EINVAL: bridge: Cannot enable multicast vlan snooping with vlan filtering disabled"),
        ["miimon-and-arp"] = new(Answer.Refused, "EINVAL: ARP monitoring cannot be used with MII monitoring"),
        ["min-links-too-high"] = new(Answer.Taken, "the bond never has a carrier"),
        ["mtu-above-parent"] = new(Answer.Refused, "add vlan bond0.5: link bond0, id 5, mtu 9000, up: EINVAL"),
        ["mtu-above-switch"] = new(Answer.Taken, "the switch drops the large frames"),
        ["name-taken"] = new(Answer.Unsent, "this host has no NIC with name lo"),
        ["native-tagged"] = new(Answer.Taken, "answers come untagged"),
        ["natives-differ"] = new(Answer.Taken, "the other port is another network"),
        ["needs-up"] = new(Answer.Refused, "ENETUNREACH: Nexthop has invalid gateway"),
        ["nested-too-deep"] = new(Answer.Refused, "add vlan v8: link v7, id 1, up: EMLINK"),
        ["nexthop-twice"] = new(Answer.Refused, "EEXIST"),
        ["nic-match-twice"] = new(Answer.Unsent, "eth0 matches eth0 (00:25:b5:00:00:1a, driver veth) and eth1"),
        ["option-not-in-mode"] = new(Answer.Refused, "EACCES: option not supported in mode (at linkinfo.data.lacp_rate)"),
        ["port-has-two-masters"] = new(Answer.Undone, "set nic eth1: master bond0"),
        ["probe-unclear"] = new(Answer.Taken, "a probe is Weft's own question, of which no kernel hears before it is asked"),
        ["queue-id-taken"] = new(Answer.Refused, "set nic eth1: queue_id 1: EPERM"),
        ["queue-id-too-high"] = new(Answer.Refused, "set nic eth0: queue_id 17: EPERM"),
        ["route-over-port"] = new(Answer.Undone, "add route 10.0.0.0/8 dev eth0"),
        ["route-twice"] = new(Answer.Refused, "add route 10.0.0.0/8 via 192.0.2.2 dev eth0: EEXIST"),
        ["route-without-way"] = new(Answer.Refused, "add route 10.0.0.0/8: ENODEV"),
        ["source-elsewhere"] = new(Answer.Refused, "EINVAL: Invalid prefsrc address"),
        ["static-bond-on-lacp"] = new(Answer.Taken, "the switch listens on one port"),
        ["static-bond-without-lag"] = new(Answer.Taken, "a guest's broadcast comes back by another port, and the bridge looks for the guest there"),
        ["switch-link-not-a-pair"] = new(Answer.Taken, "the kernel never hears of switches; a lab joins none by it"),
        ["switch-port-twice"] = new(Answer.Taken, "one plug is elsewhere than the file says; a lab plugs both"),
        ["too-many-arp-targets"] = new(Answer.Refused, "192.0.2.17]"),
        ["two-default-gateways"] = new(Answer.Refused, "add route default via 198.51.100.1 dev eth1: EEXIST"),
        ["veth-peer"] = new(Answer.Taken, "the other end is there, no link of the file, and down, so that neither carries anything"),
        ["vlan-id-twice"] = new(Answer.Refused, "EEXIST: 8021q: VLAN device already exists"),
        ["vlan-in-its-own-bridge"] = new(Answer.Refused, "add vlan br0.5: link br0, id 5, up, master br0: EBUSY"),
        ["vlan-missing-on-port"] = new(Answer.Taken, "the other port does not carry the VLAN"),
        ["vlan-not-on-switch"] = new(Answer.Taken, "the switch drops the VLAN"),
        ["vlan-on-port"] = new(Answer.Taken, "the VLAN does not fail over"),
        ["vrf-carries-nobody"] = new(Answer.Refused, "EOPNOTSUPP: 8021q: VLANs not supported on device"),
        ["vrf-mtu"] = new(Answer.Refused, "EINVAL: mtu less than device minimum"),
        ["vrf-table"] = new(Answer.Taken, "two VRFs route by one table, and the first network of two that look alike is everybody's"),
        ["vxlan-ends"] = new(Answer.Refused, "EINVAL: Local interface required for multicast remote destination"),
        ["vxlan-id"] = new(Answer.Taken, "one is made, of the number 0, and the other end has another"),
        ["vxlan-local-elsewhere"] = new(Answer.Taken, "every packet is dropped before it leaves, and counted under tx_carrier_errors"),
        ["vxlan-on-port"] = new(Answer.Taken, "the port asks for the other end's MAC, and the bond hears the answer"),
        ["vxlan-twice"] = new(Answer.Refused, "EEXIST: A VXLAN device with the specified VNI already exists"),
        ["xenserver-bond-ports"] = new(Answer.Taken, Xapi),
        ["xenserver-lacp"] = new(Answer.Taken, Xapi),
        ["xenserver-mode"] = new(Answer.Taken, Xapi),
        ["xenserver-name"] = new(Answer.Taken, Xapi),
    };

    /// <summary>Rules, of any severity, whose good examples a namespace with veths for NICs cannot hold, and why.</summary>
    public static readonly SortedDictionary<string, string> NotHere = new(StringComparer.Ordinal)
    {
        ["accept-ra-with-client"] = Client,
        ["bond-on-one-card"] = "NICs are known by their PCI addresses, and a veth has none",
        ["lacp-speeds-differ"] = Speed,
        ["lease-family-off"] = Client,
        ["lease-in-vrf"] = Client,
        ["lease-on-port"] = Client,
        ["lease-option-alone"] = Client,
        ["lease-without-way"] = Client,
        ["leased-gateway"] = Client,
        ["mab-without-locked"] = "this kernel has no mab, which came with 6.2",
        ["speed-apart"] = Speed,
        ["speed-negotiated"] = Speed,
        ["vf-keeps-its-mac"] = "NICs are known by the driver iavf, and a veth has its own",
    };

    private const string Client = "addresses come from a program, dhcpcd, and this kernel is asked without one; LeaseTests has one";
    private const string Speed = "a veth has no speed that could be set";
}

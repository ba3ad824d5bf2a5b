// Observes a namespace: a dump a table and a few files, and from them one host.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Linux.Keeping;
using Weft.Model;
using Weft.Netlink;
using Weft.Text;
using Port = Weft.Model.Port;

namespace Weft.Linux;

internal static class Observing
{
    private const uint PermanentFlag = 0x80, TemporaryFlag = 0x01;

    public static Observation Look(RouteSocket socket, Names names)
    {
        var dump = socket.DumpRaw(Dumps.Links());
        if (Broken(dump) is { } noLinks)
            return new(Host.Empty, noLinks);
        var addresses = socket.DumpAddresses();
        if (Broken(addresses) is { } noAddresses)
            return new(Host.Empty, noAddresses);
        var routes = socket.DumpRoutes();
        if (Broken(routes) is { } noRoutes)
            return new(Host.Empty, noRoutes);
        var usual = Sysctls.OfNewLinks();
        var links = new LinkDump(names, usual);
        if (links.Read(dump.Messages) is { } unreadable)
            return new(Host.Empty, unreadable);

        var foreign = Foreign.Look(socket, links.Seen, links.Marks, addresses.Messages.Where(message => IsConfigured(message) && IsPermanent(message) && message.Proto != KernelLoopback).Select(message => (message, PrefixOf(message))), names);
        if (foreign.Refusal is { } notAll)
            return new(Host.Empty, notAll);
        var promotes = Sysctls.AllPromote();
        var filtering = links.Seen.Where(link => link.HasVlanTables).Select(link => link.Index).ToHashSet();
        var inheritance = new Inheritance(links.Seen);
        var own = addresses.Messages.Where(message => IsConfigured(message) && IsPermanent(message)).ToLookup(message => message.Header.Index, message => At.Nowhere(PrefixOf(message)));
        var advertised = addresses.Messages.Where(message => IsConfigured(message) && IsAdvertised(message)).ToLookup(message => message.Header.Index, PrefixOf);
        var all = addresses.Messages.Where(IsConfigured).ToLookup(message => message.Header.Index, PrefixOf);
        var lifetimes = addresses.Messages.Where(IsConfigured).Select(message => (message.Header.Index, One: KeyValuePair.Create(PrefixOf(message), Addresses.LifetimeOf(message))))
            .Where(lasting => lasting.One.Value != Lifetime.Forever).ToLookup(lasting => lasting.Index, lasting => lasting.One);
        var leased = addresses.Messages.Where(message => IsConfigured(message) && !IsPermanent(message)).ToLookup(message => message.Header.Index, PrefixOf);
        return new(new Host
        {
            Links = [.. links.Seen.OrderBy(link => link.Index).Select(Whole)],
            Routes = [.. routes.Messages.Select(message => RouteReading.Of(message, names)).OfType<Route>()],
            Rules = foreign.Rules,
            Kept = foreign.Kept,
            Sysctls = HostSysctls.Read(),
        }, null)
        {
            NewLinksIpv6 = Kernel6.NewLinks(),
            NewLinks = usual.NewLinks,
            TicksPerSecond = Ticks.PerSecond,
            Epoch = NetworkNamespace.Epoch(),
        };

        Link Whole(Seen seen)
        {
            var link = links.Of(seen);
            return link with
            {
                State = link.State! with { Leased = [.. leased[seen.Index]], Advertised = [.. advertised[seen.Index]], Listed = leased.Contains(seen.Index) ? [.. all[seen.Index]] : [], Promotes = promotes || seen.Promotes, MacIsSet = inheritance.IsSetByHand(seen) },
                Addresses = [.. own[seen.Index]],
                Lifetimes = lifetimes.Contains(seen.Index) ? Lifetime.OfNone.SetItems(lifetimes[seen.Index]) : Lifetime.OfNone,
                Ports = link.Kind.HasPorts ? [.. links.PortsOf(seen).Select(port => port.Port with { Vlans = TableOf(port.Index, seen.Index) })] : [],
                Vlans = TableOf(seen.Index, seen.Index),
            };
        }

        // A bridge that says nothing of filtering is of a kernel without VLAN tables; elsewhere a table that is not told is empty.
        VlanTable? TableOf(int index, int bridge) => filtering.Contains(bridge) ? foreign.Vlans.GetValueOrDefault(index, VlanTable.Empty) : null;
    }

    private static bool IsPermanent(AddressMessage message) => ((message.Flags ?? message.Header.Flags) & PermanentFlag) != 0;

    /// <summary>IFAPROT_KERNEL_RA (since 5.18), and IFA_F_TEMPORARY, which of IPv4 is a secondary's.</summary>
    private static bool IsAdvertised(AddressMessage message) =>
        message.Header.Family == Families.Inet6 && !IsPermanent(message) && (message.Proto == KernelRouter || ((message.Flags ?? message.Header.Flags) & TemporaryFlag) != 0);

    /// <summary>Not the link-local one that the kernel made (IFAPROT_KERNEL_LL; before 5.18 it does not say, and none is listed).</summary>
    private static bool IsConfigured(AddressMessage message) =>
        (message.Local ?? message.Address) is not null
        && !(message.Header.Family == Families.Inet6 && PrefixOf(message).Address.IsIPv6LinkLocal && message.Proto is null or KernelLinkLocal);

    /// <summary>IFAPROT_KERNEL_LL, IFAPROT_KERNEL_LO and IFAPROT_KERNEL_RA.</summary>
    private const byte KernelLinkLocal = 3, KernelLoopback = 1, KernelRouter = 2;

    /// <summary>On a point-to-point link IFA_ADDRESS is the other end; IFA_LOCAL is ours wherever it is given.</summary>
    private static IpPrefix PrefixOf(AddressMessage message) =>
        new((message.Local ?? message.Address)!.Value.ToIPAddress(), message.Header.PrefixLength);

    private static Refusal? Broken<T>(Dumped<T> dump) =>
        dump.Refusal is { } refusal ? Refused.By(refusal) : dump.Failure is { } failure ? Refused.By(failure) : null;
}

internal static class Refused
{
    public static Refusal By(KernelRefusal refusal) => new(refusal.ErrnoName, refusal.Text ?? Errno.Words(refusal.Errno), refusal.Attribute);
    public static Refusal By(SocketFailure failure) => new(failure.Errno == 0 ? "ETIMEDOUT" : failure.ErrnoName, $"{failure.Call}: {failure.Text}");
}

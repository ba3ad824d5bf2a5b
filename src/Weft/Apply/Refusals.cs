// The kernel's refusals as findings: which step, what the kernel said, and the line of the host file that asked for it.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Plan;
using Weft.Text;

namespace Weft.Apply;

public static class Refusals
{
    public static ImmutableArray<Finding> Of(RefusedStep refused) =>
        [Finding.Error("kernel-refused", PlaceOf(refused), $"the kernel refused to {StepText.Of(refused.Step)}: {refused.Refusal}", Why(refused.Refusal),
            PlaceOf(refused).IsSomewhere ? "change this line, or what stands in its way on the host" : "find out what stands in its way on the host, and apply again")];

    public static Finding Late(int done) =>
        Finding.Error("apply-too-long", Place.None, $"the time for the steps was over after {done} of them", "a change that does not end leaves the host half done", "give it longer with --limit, or find out what makes this kernel so slow");

    public static Finding OfObserving(Refusal refusal) =>
        Finding.Error("kernel-unreadable", Place.None, $"the kernel's links could not be read: {refusal}", "without knowing what is there nothing can be planned", "run as root; in a container, with CAP_NET_ADMIN");

    public static ImmutableArray<Finding> OfUndo(RefusedStep refused) =>
        [Finding.Error("undo-unfinished", PlaceOf(refused), $"while undoing, the kernel refused to {StepText.Of(refused.Step)}: {refused.Refusal}", Why(refused.Refusal), "mend by hand; weft show tells what is there")];

    /// <summary>The rule of a change that was not begun because its journal could not be written.</summary>
    public const string Unwritten = "journal-not-written";

    /// <summary>Nothing was begun: without a journal there is no way back.</summary>
    public static Finding NoJournal(string wrong) =>
        Finding.Error(Unwritten, Place.None, $"what the way back needs could not be written down: {wrong}", "nothing was sent", "see that the state folder has room and can be written, then apply again");

    /// <summary>Nothing was begun: of the change before something is left to write down, and the next one's journal would take its place.</summary>
    public static Finding NoRecords(string wrong) =>
        Finding.Error(Unwritten, Place.None, $"the records of the change before are not whole yet: {wrong}", "nothing was sent", "see that the state folder has room and can be written, then apply again");

    /// <summary>Nothing was begun: the plan that somebody saw is not the one that this host needs.</summary>
    /// <param name="step">The first step in which they differ.</param>
    public static Finding MovedOn(string step) =>
        Finding.Error("host-moved-on", Place.None, $"this host is not as it was when the plan was made: {step}", "nothing was sent", "make the plan anew with weft plan --out, and look at it");

    /// <summary>Nothing was begun: nobody wants it any more.</summary>
    public static readonly Finding Ended = Finding.Error("ended", Place.None, "weft was told to end before the first step", "nothing was sent", "apply again");

    public static Finding NotUndone(Step step) =>
        Finding.Error("undo-unfinished", step.Place, $"not put back: {StepText.Of(step)}", "the kernel took the steps of the undo and is not as it was", "mend by hand; weft show tells what is there");

    public static Finding NotKept(Kept thing) =>
        Finding.Error("undo-unfinished", Place.None, $"not put back: {thing}", thing.Irreversible!, "make it again by hand, or have its owner make it");

    public static Finding NotCarried(Kept thing) =>
        Finding.Warning("without-carrier", Place.None, $"not put back: {thing}", $"{thing.Link} has no carrier now, and without one the kernel takes no nexthop", "have its owner make it again once the link carries");

    public static Finding NotMade(Link link) =>
        Finding.Error("undo-unfinished", link.Name.Place, $"not put back: {link.Kind} {link.Name}", "the change removed it, and Weft makes no links of this kind", "make it again by hand, or have its owner make it");

    /// <summary>The value that the kernel points at, where it was written; else the step's own line.</summary>
    private static Place PlaceOf(RefusedStep refused)
    {
        var word = refused.Refusal.Attribute?.Split('.')[^1];
        if (word is not null && refused.Step is Step.OfLink link)
            foreach (var (attribute, value) in link.Settings)
                if (attribute.Wire == word && value.Place.IsSomewhere)
                    return value.Place;
        return refused.Step.Place;
    }

    /// <summary>What an errno means here. The bonding driver gives most of its refusals no words.</summary>
    private static string Why(Refusal refusal) => refusal.Errno switch
    {
        "EPERM" or "EACCES" => "the kernel does not allow it: in this mode or state, or not to this user",
        "EBUSY" => "it changes only while the link is down, or somebody else holds it",
        "ENOTEMPTY" => "it changes only while the bond has no ports",
        "EEXIST" => "there is one already",
        "ENOENT" or "ESRCH" => "there is no such entry",
        "ENODEV" => "the link is not there any more",
        "ENETDOWN" => "the link below is down",
        "ENETUNREACH" => "no address of the host leads to the next hop",
        "EHOSTUNREACH" => "over this link, as it is now, nothing leads to the next hop",
        "EADDRNOTAVAIL" => "no link can have this address, or the link has no address of its own that could be set",
        "EADDRINUSE" => "somebody on this host has that address, MAC or port already",
        "EAFNOSUPPORT" => "this kernel does not speak that kind of address, or has it turned off",
        "ELOOP" => "a link would stand on itself, or a bridge on a bridge",
        "EMLINK" => "eight links stand on each other at most, and this would be the ninth",
        "EXFULL" => "a bridge has 1023 ports at most, and all are taken",
        "E2BIG" or "EMSGSIZE" => "it is more than the kernel or driver takes at once",
        "ENOSPC" or "ENOBUFS" or "ENOMEM" => "a table of the kernel or NIC is full, or there is no memory for it",
        "EROFS" => "/proc/sys or /sys is read-only here, as it is in most containers",
        "ERANGE" => "the value is outside what this kernel or driver takes",
        "EINVAL" => "this kernel or driver does not take the value, or not together with the others",
        "EOPNOTSUPP" or "ENOTSUPP" => "this kernel or driver does not have it",
        "ETIMEDOUT" => "the kernel did not answer",
        _ => "the kernel says no more than that",
    };
}

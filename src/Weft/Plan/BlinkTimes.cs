// How long something that blinks stays away at most, by what makes it blink: what Weft's own messages cost, and `Delays`. A plan
// adds them up. All are ceilings: a change that takes longer than its plan said is a defect of one of the two tables. What the
// switch does behind a cable is not in it: a port there that is no edge port listens and learns for 30 s more.

using Weft.Model;
using Weft.Model.Attributes;

namespace Weft.Plan;

/// <summary>Times in milliseconds.</summary>
internal static class BlinkTimes
{
    /// <summary>One message to the kernel, on a busy machine: it takes them in well under one, and may be slowed by 20.</summary>
    public const int Message = 20;

    /// <summary>One link removed: the kernel waits for everybody who may still look at it (rcu_barrier, 18 to 25 a bridge), more than once.</summary>
    public const int Removal = 100;

    /// <summary>802.3ad, bond opened with its ports: the aggregator is chosen after 100 ms (bond_3ad_initiate_agg_selection).</summary>
    private const int LacpOpened = 100;

    /// <summary>An aggregate wait, after at most a short timeout without a partner, a tick or three of 100 ms and an LACPDU that is late by one second.</summary>
    private const int LacpForms = Delays.AggregateWait + Delays.ShortTimeout + 1000 + 300;

    public static int Of(Step step) => !step.Sends ? 0 : step is Step.OfLink { Verb: Verb.Remove } ? Removal : Message;

    /// <summary>A bond until it uses a port that came back: the poll that sees it, `updelay`, with LACP the partner.</summary>
    /// <param name="bond">Its settings.</param>
    /// <param name="opened">Whether it was down as its ports came.</param>
    public static int Returns(Settings bond, bool opened) =>
        bond.Word(BondLines.Mode) == BondLines.Lacp ? Polls(bond) + (int)(bond.Number(BondLines.Updelay) ?? 0) + (opened ? LacpOpened : Delays.AggregatorSelection) + LacpForms
        : Polls(bond) + (int)(bond.Number(BondLines.Updelay) ?? 0);

    /// <summary>A bond until it uses another port than the one that it lost: the poll that sees it, `downdelay`, with LACP perhaps another aggregator, in balance-alb the peers.</summary>
    public static int FailsOver(Settings bond) =>
        Polls(bond) + bond.Word(BondLines.Mode) switch
        {
            BondLines.Lacp => LacpForms,
            BondLines.Alb => (int)(bond.Number(BondLines.Downdelay) ?? 0) + Delays.PeersRelearn,
            _ => (int)(bond.Number(BondLines.Downdelay) ?? 0),
        };

    /// <summary>`miimon`; or three ARP intervals: two that were missed (missed_max) and the one in which it happened.</summary>
    private static int Polls(Settings bond) =>
        bond.Number(BondLines.ArpInterval) is > 0 and var interval ? (int)interval * 3 : (int)(bond.Number(BondLines.Miimon) ?? 0);

    /// <summary>A bridge until it forwards on a port that came to it, or came up: nothing without a spanning tree.</summary>
    public static int Listens(Settings bridge, bool isNew) => bridge.Flag(BridgeLines.Stp) != true ? 0 : 2 * (isNew ? Delays.ForwardDelay : Delays.ForwardDelayAtMost);
}

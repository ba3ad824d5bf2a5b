// Which aggregator carries the bond's frames (ad_agg_selection_logic): one, whatever the others could. One without a partner may
// be it too, and its one port sends and receives as if there were no LACP.

using Weft.Twin.Packets.Frames;

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <summary>BOND_AD_*, by the words of ad_select.</summary>
internal enum AdSelect
{
    Stable,
    Bandwidth,
    Count,
    ActorPortPrio,
}

internal sealed class AggregatorChoice(Lacp mode)
{
    private readonly AdSelect policy = mode.Options.AdSelect switch
    {
        "bandwidth" => AdSelect.Bandwidth,
        "count" => AdSelect.Count,
        "actor_port_prio" => AdSelect.ActorPortPrio,
        _ => AdSelect.Stable,
    };

    /// <summary>Chooses anew, and says by the way whether the bond has carrier.</summary>
    public void Choose()
    {
        var before = mode.Active;
        var best = before is { IsRunning: true } ? before : null;
        foreach (var port in mode.Ports)
        {
            port.Own.IsActive = false;
            if (port.Own.EnabledPorts > 0 && port.Own.IsRunning && (best is null || IsBetter(port.Own, best)))
                best = port.Own;
        }
        if (best is not null && before is not null && (best == before || Keeps(before, best)))
            (before.IsActive, best) = (true, null);
        if (best is not null)
        {
            best.IsActive = true;
            foreach (var port in before?.Ports ?? [])
                port.Disable();
            mode.NeedsRebuild = true;
        }
        if (mode.Active is { HasPartner: false } alone)
        {
            foreach (var port in alone.Ports)
                port.Enable();
            mode.NeedsRebuild = true;
        }
        if (mode.Active != before)
            Tell();
        mode.WorkOutCarrier();
    }

    /// <summary>With `stable`, the one in use stays while it has ports and a partner, or the other has no partner either; one that was chosen before its ports had a key does not.</summary>
    private bool Keeps(Aggregator before, Aggregator best) =>
        policy == AdSelect.Stable && before.EnabledPorts > 0 && (before.HasPartner || !best.HasPartner) && (before.Key != 0 || best.Key == 0);

    /// <summary>ad_agg_selection_test: who comes first stays where the other is not better.</summary>
    private bool IsBetter(Aggregator other, Aggregator best)
    {
        if (other.IsIndividual != best.IsIndividual)
            return best.IsIndividual;
        if (other.HasPartner != best.HasPartner)
            return other.HasPartner;
        if (policy == AdSelect.ActorPortPrio && other.Priority != best.Priority)
            return other.Priority > best.Priority;
        if (policy is AdSelect.Count or AdSelect.ActorPortPrio && other.EnabledPorts != best.EnabledPorts)
            return other.EnabledPorts > best.EnabledPorts;
        return other.Bandwidth > best.Bandwidth;
    }

    private void Tell()
    {
        if (!mode.World.IsHeard)
            return;
        mode.Tell("aggregator", mode.Active is not { } active ? "no aggregator is active: no port's link is up"
            : active.HasPartner ? $"{active} is the active one; its partner is {Ethernet.Print(active.PartnerSystem)}"
            : $"{active} is the active one though nobody answered there, for no other has a partner");
    }
}

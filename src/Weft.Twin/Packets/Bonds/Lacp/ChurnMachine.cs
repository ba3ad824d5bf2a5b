// Watches whether each end gets into sync within a minute (ad_churn_machine). Nothing follows from it but what /proc/net/bonding says.

namespace Weft.Twin.Packets.Bonds.Lacp;

/// <summary>AD_CHURN_MONITOR, AD_CHURN, AD_NO_CHURN; /proc/net/bonding calls them monitoring, churned and none.</summary>
internal enum Churn
{
    Monitoring,
    Churned,
    None,
}

internal sealed class ChurnMachine(LacpPort port)
{
    private const int Patience = 60 * Lacp.TicksASecond;

    private bool restarts;
    private int left;

    public Churn Actor { get; private set; }
    public Churn Partner { get; private set; }
    public int ActorCount { get; private set; }
    public int PartnerCount { get; private set; }

    /// <summary>The minute begins anew with the next tick.</summary>
    public void Restart() => restarts = true;

    public void Tick()
    {
        if (restarts)
        {
            (restarts, left, Actor, Partner) = (false, Patience, Churn.Monitoring, Churn.Monitoring);
            return;
        }
        if (left == 0 || --left > 0)
            return;
        Actor = Judge(port.Says(LacpState.Synchronization));
        Partner = Judge(port.Partner.Says(LacpState.Synchronization));
        ActorCount += Actor == Churn.Churned ? 1 : 0;
        PartnerCount += Partner == Churn.Churned ? 1 : 0;
    }

    private static Churn Judge(bool isInSync) => isInSync ? Churn.None : Churn.Churned;
}

// Sends what is to be told, but not more often than every third tick (ad_tx_machine): ten ticks by three a second, rounded down.

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed class TransmitMachine(LacpPort port)
{
    private const int Interval = Lacp.TicksASecond / 3;

    /// <summary>It runs whether there is something to send or not: who has something waits for it.</summary>
    private int left = Interval;

    public void Tick()
    {
        if (--left > 0)
            return;
        left = Interval;
        if (!port.NeedsToTell || !port.IsLacpEnabled)
            return;
        port.SendLacpdu();
        port.NeedsToTell = false;
    }
}

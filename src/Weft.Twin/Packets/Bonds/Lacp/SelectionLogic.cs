// In which aggregator a port is (ad_port_selection_logic). Ports with one key and one partner are in one; a port without a partner
// is alone.

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed class SelectionLogic(LacpPort port)
{
    public void Tick()
    {
        if (port.IsSelected)
            return;
        port.Aggregator?.Leave(port);
        if (port.Mode.FindAggregator(port) is { } together)
            together.Enter(port);
        else if (port.Mode.FindFree() is { } free)
            free.Begin(port);
        else
            return;
        port.IsSelected = true;
        port.Aggregator!.WorkOutReady();
        port.Mode.Choice.Choose();
        if (!port.Aggregator.IsActive)
            port.Clear(LacpState.Synchronization);
    }
}

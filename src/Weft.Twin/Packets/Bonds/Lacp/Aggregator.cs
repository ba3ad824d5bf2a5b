// Ports that act as one, or might (struct aggregator). A bond has as many as it has ports, so that each can be alone in one.

namespace Weft.Twin.Packets.Bonds.Lacp;

internal sealed class Aggregator(int id)
{
    /// <summary>The number of the port that it came with, from 1.</summary>
    public int Id { get; } = id;

    /// <summary>Who came last stands first (lag_ports), and its speed is taken for that of all.</summary>
    public List<LacpPort> Ports { get; } = [];

    public bool IsActive { get; set; }

    /// <summary>Its one port is of half duplex.</summary>
    public bool IsIndividual { get; private set; }

    public ushort Key { get; private set; }
    public ulong PartnerSystem { get; private set; }
    public ushort PartnerPriority { get; private set; }
    public ushort PartnerKey { get; private set; }

    public bool HasPartner => PartnerSystem != 0;

    /// <summary>Ports whose link is up (__agg_active_ports).</summary>
    public int EnabledPorts => Ports.Count(port => port.IsEnabled);

    public bool IsRunning => Ports.Exists(port => port.Port.IsRunning);

    /// <summary>In Mbit/s (__get_agg_bandwidth).</summary>
    public long Bandwidth => Ports.Count == 0 ? 0 : EnabledPorts * PortKey.Counted(Ports[0].Speed);

    /// <summary>__agg_ports_priority.</summary>
    public long Priority => Ports.Where(port => port.IsEnabled).Sum(port => (long)port.Port.Options.ActorPortPrio);

    /// <summary>Whether a port with a partner goes with those that are here.</summary>
    public bool Fits(LacpPort port) =>
        port.Partner.System != 0 && !IsIndividual
        && (Key, PartnerSystem, PartnerPriority, PartnerKey) == (port.Key, port.Partner.System, port.Partner.SystemPriority, port.Partner.Key);

    /// <summary>The first port of an empty aggregator says what it is from then on.</summary>
    public void Begin(LacpPort port)
    {
        (IsIndividual, Key) = (!PortKey.IsFull(port.Key), port.Key);
        (PartnerSystem, PartnerPriority, PartnerKey) = (port.Partner.System, port.Partner.SystemPriority, port.Partner.Key);
        Enter(port);
    }

    public void Enter(LacpPort port)
    {
        Ports.Insert(0, port);
        port.Aggregator = this;
    }

    /// <summary>A port goes; without one, the aggregator is nobody's and nothing.</summary>
    public void Leave(LacpPort port)
    {
        Ports.Remove(port);
        port.Aggregator = null;
        if (Ports.Count == 0)
            Clear();
    }

    /// <summary>All are ready to attach once each has waited (__agg_ports_are_ready).</summary>
    public void WorkOutReady()
    {
        var all = Ports.TrueForAll(port => port.HasWaited);
        foreach (var port in Ports)
            port.IsReady = all;
    }

    private void Clear() => (IsActive, IsIndividual, Key, PartnerSystem, PartnerPriority, PartnerKey) = (false, false, 0, 0, 0, 0);

    public override string ToString() => $"aggregator {Id} ({string.Join(", ", Ports.OrderBy(port => port.Number))})";
}

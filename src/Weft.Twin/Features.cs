// Which kernel this twin is. What came later it neither tells nor takes, as that kernel does not.

using Weft.Model;
using Weft.Model.Attributes;
using Weft.Model.Shapes;
using Weft.Text;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Twin;

internal static class Features
{
    public static bool Has(Attribute line) => KernelVersion.Linux61.Knows(line);

    /// <summary>Settings of the whole host, as on a machine of 24 GiB that nobody tuned.</summary>
    public static Settings Sysctls { get; } = Settings.Of([
        new(HostLines.RmemMax, At.Nowhere(Value.Of(212992))), new(HostLines.WmemMax, At.Nowhere(Value.Of(212992))), new(HostLines.NetdevMaxBacklog, At.Nowhere(Value.Of(1000))), new(HostLines.NetdevBudget, At.Nowhere(Value.Of(300))),
        new(HostLines.TcpRmem, At.Nowhere(Value.Of("4096 131072 6291456"))), new(HostLines.TcpWmem, At.Nowhere(Value.Of("4096 16384 4194304"))), new(HostLines.TcpMtuProbing, At.Nowhere(Value.Of(0))),
    ]);

    /// <summary>What its new links start with under /proc/sys/net.</summary>
    public static Settings NewLinks { get; } = Settings.Of(ConfLines.All.Select(line => KeyValuePair.Create(line, At.Nowhere(
        line.Shape is FlagShape ? Value.Of(line == ConfLines.Autoconf) : Value.Of(line == ConfLines.AcceptRa ? 1 : 0)))));
}

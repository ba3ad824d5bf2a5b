// Fills any set with values, every field, deterministically: what a law must hold for. Found by reflection, so a new
// line in a set is in every law the moment it is written.
using System.Reflection;

namespace Weft.Netlink.Tests;

internal static class Sample
{
    public static IEnumerable<Type> SetTypes() =>
        typeof(IAttributes).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IAttributes).IsAssignableFrom(type) && type != typeof(RawBody))
            .OrderBy(type => type.Name, StringComparer.Ordinal);

    public static IEnumerable<FieldInfo> Lines(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => field.Name != "Header").OrderBy(field => field.MetadataToken);

    public static object Filled(Type type, int depth = 0)
    {
        var set = Activator.CreateInstance(type)!;
        var number = 1;
        foreach (var line in Lines(type)) line.SetValue(set, Value(line.FieldType, number++, depth));
        if (set is LinkInfo info) (info.Kind, info.PortKind) = ("bond", "bridge");
        if (set is LinkMessage link) link.Header.Index = 17;
        return set;
    }

    private static object? Value(Type type, int number, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(byte)) return (byte)(number + 100);
        if (type == typeof(ushort)) return (ushort)(number * 257);
        if (type == typeof(uint)) return (uint)number * 0x01010101u;
        if (type == typeof(int)) return -number;
        if (type == typeof(ulong)) return (ulong)number << 40;
        if (type == typeof(bool)) return true;
        if (type == typeof(string)) return $"text{number}";
        if (type == typeof(byte[])) return new byte[] { 8, 0, 1, 0, (byte)number, 2, 3, 4 };
        if (type == typeof(HardwareAddress)) return new HardwareAddress([2, 0, 0, 0, 0, (byte)number]);
        if (type == typeof(InetAddress)) return InetAddress.Parse(number % 2 == 0 ? $"10.0.0.{number}" : $"2001:db8::{number}");
        if (type == typeof(List<InetAddress>)) return new List<InetAddress> { InetAddress.Parse("10.0.0.1"), InetAddress.Parse("10.0.0.2") };
        if (type == typeof(List<string>)) return new List<string> { "one", "two" };
        if (type == typeof(List<RouteHop>)) return new List<RouteHop> { (RouteHop)Filled(typeof(RouteHop), depth + 1), new() };
        if (type == typeof(List<GroupPorts>)) return new List<GroupPorts> { (GroupPorts)Filled(typeof(GroupPorts), depth + 1), new() };
        if (type == typeof(List<GroupMembership>)) return new List<GroupMembership> { (GroupMembership)Filled(typeof(GroupMembership), depth + 1), new() };
        if (type == typeof(List<GroupSource>)) return new List<GroupSource> { (GroupSource)Filled(typeof(GroupSource), depth + 1), new() };
        if (type == typeof(List<EthtoolBit>)) return new List<EthtoolBit> { (EthtoolBit)Filled(typeof(EthtoolBit), depth + 1), new() };
        if (type == typeof(NexthopGroup)) return new NexthopGroup([new(1, 1), new(2, 300)]);
        if (type == typeof(GroupEntry)) return new GroupEntry(number, 1, 0, 100, UInt128.One << 121, 0x86dd);
        if (type == typeof(List<BridgeVlanInfo>)) return new List<BridgeVlanInfo> { new(8, 10), new(16, 20) };
        if (type == typeof(List<QosMapping>)) return new List<QosMapping> { new(1, 2), new(3, 4) };
        if (type == typeof(RouteVia)) return new RouteVia(InetAddress.Parse("10.9.8.7"));
        if (type == typeof(BridgeId)) return new BridgeId(0x8001, HardwareAddress.Parse("02:00:00:00:00:09"));
        if (typeof(IAttributes).IsAssignableFrom(type)) return depth > 2 ? null : Filled(type, depth + 1);
        if (type.IsValueType) return Structure(type, number);
        throw new NotSupportedException($"no sample for {type}");
    }

    // The record structs of numbers: their one constructor with counting arguments.
    private static object Structure(Type type, int number)
    {
        var constructor = type.GetConstructors().Single(candidate => candidate.GetParameters().Length > 0);
        return constructor.Invoke([.. constructor.GetParameters().Select((parameter, i) => Convert.ChangeType(number + i, parameter.ParameterType, null))]);
    }
}

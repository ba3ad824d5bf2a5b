// The other way: a pass that puts values into a netlink attribute set under the names that it says. What no line of the set
// asked for is left over, and the caller must not lose it silently.

using System.Globalization;
using Weft.Model;
using Weft.Netlink;

namespace Weft.Linux;

/// <summary>Puts values, as the wire has them, into a set by name.</summary>
internal readonly struct Scatter(Dictionary<string, Value> wanted) : IPass
{
    /// <summary>Fills a set. Returns it, or null where nothing was for it.</summary>
    /// <exception cref="InvalidOperationException">A name that the set does not have: the table and the set disagree.</exception>
    public static TSet? Into<TSet>(Dictionary<string, Value> wanted) where TSet : class, IAttributes, new()
    {
        if (wanted.Count == 0)
            return null;
        var left = new Dictionary<string, Value>(wanted, StringComparer.Ordinal);
        var set = new TSet();
        var pass = new Scatter(left);
        set.Walk(ref pass);
        return left.Count == 0 ? set : throw new InvalidOperationException($"{typeof(TSet).Name} has no {left.Keys.First()}");
    }

    public void U8(ushort type, string name, ref byte? value) => value = (byte?)Number(name) ?? value;
    public void U16(ushort type, string name, ref ushort? value) => value = (ushort?)Number(name) ?? value;
    public void U32(ushort type, string name, ref uint? value) => value = (uint?)Number(name) ?? value;
    public void I32(ushort type, string name, ref int? value) => value = (int?)Number(name) ?? value;
    public void U64(ushort type, string name, ref ulong? value) => value = (ulong?)Number(name) ?? value;
    public void U16Big(ushort type, string name, ref ushort? value) => value = (ushort?)Number(name) ?? value;
    public void U32Big(ushort type, string name, ref uint? value) => value = (uint?)Number(name) ?? value;
    public void Flag(ushort type, string name, ref bool? value) => value = Number(name) is { } on ? on != 0 : value;
    public void Text(ushort type, string name, ref string? value) => value = Word(name) ?? value;
    public void Mac(ushort type, string name, ref HardwareAddress? value) => value = Word(name) is { } mac ? HardwareAddress.Parse(mac) : value;
    public void Ip(ushort type, string name, ref InetAddress? value) => value = Word(name) is { } address ? InetAddress.Parse(address) : value;

    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        if (wanted.Remove(name, out var value))
            values = [.. ((Value.List)value).Items.Select(item => InetAddress.Parse(item.ToString()))];
    }

    public void Bytes(ushort type, string name, ref byte[]? value) { }
    /// <summary>The switches that are spoken of; the mask says which.</summary>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>
    {
        if (default(T) is not IBits bits)
            return;
        var (on, mask) = (0u, 0u);
        foreach (var (at, bit) in bits.Names.Index())
            if (Number(bit) is { } said)
            {
                mask |= 1u << at;
                on |= said != 0 ? 1u << at : 0;
            }
        if (mask != 0)
            value = (T)bits.With(on, mask);
    }

    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T> { }
    public void Texts(ushort type, string name, ref List<string>? values) { }
    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (typeof(TSet) == typeof(QosMap) && wanted.Remove(name, out var value))
            set = (TSet)(object)new QosMap { Mappings = [.. ((Value.Map)value).Fields.Select(field => new QosMapping(uint.Parse(field.Name.Value, CultureInfo.InvariantCulture), (uint)((Value.Number)field.Value.Value).Count))] };
    }

    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new() { }
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new() { }
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new() { }

    private long? Number(string name) => wanted.Remove(name, out var value) ? ((Value.Number)value).Count : null;
    private string? Word(string name) => wanted.Remove(name, out var value) ? ((Value.Word)value).Text : null;
}

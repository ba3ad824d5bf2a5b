// A pass over a netlink attribute set that collects what was said under each name as plain values. So the mapping from wire
// to model is not written a second time for every attribute: the set says number and type, the table says what it means.

using System.Collections.Immutable;
using Weft.Model;
using Weft.Netlink;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux;

/// <summary>Collects a set's values by name. Numbers, words and lists of words; structures have no place in the model yet.</summary>
internal readonly struct Gather(Dictionary<string, Value> said, ImmutableArray<Attribute> lines) : IPass
{
    /// <summary>Everything that a set says, or what it says of some lines of the attribute table.</summary>
    public static Dictionary<string, Value> From(IAttributes? set, ImmutableArray<Attribute> lines = default)
    {
        var said = new Dictionary<string, Value>(StringComparer.Ordinal);
        var pass = new Gather(said, lines);
        set?.Walk(ref pass);
        return said;
    }

    public void U8(ushort type, string name, ref byte? value) => Put(name, value);
    public void U16(ushort type, string name, ref ushort? value) => Put(name, value);
    public void U32(ushort type, string name, ref uint? value) => Put(name, value);
    public void I32(ushort type, string name, ref int? value) => Put(name, value);
    public void U64(ushort type, string name, ref ulong? value) => Put(name, (long?)value);
    public void U16Big(ushort type, string name, ref ushort? value) => Put(name, value);
    public void U32Big(ushort type, string name, ref uint? value) => Put(name, value);

    public void Flag(ushort type, string name, ref bool? value)
    {
        if (value is { } on && IsWanted(name))
            said[name] = Value.Of(on ? 1 : 0);
    }

    public void Text(ushort type, string name, ref string? value)
    {
        if (value is not null && IsWanted(name))
            said[name] = Value.Of(value);
    }

    public void Mac(ushort type, string name, ref HardwareAddress? value)
    {
        if (value is { } address && IsWanted(name))
            said[name] = Value.Of(address.ToString());
    }

    public void Ip(ushort type, string name, ref InetAddress? value)
    {
        if (value is { } address && IsWanted(name))
            said[name] = Value.Of(address.ToString());
    }

    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        if (values is not null && IsWanted(name))
            said[name] = Value.Of(values.Select(address => address.ToString()));
    }

    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        var pass = new Gather(said, lines);
        set?.Walk(ref pass);
    }

    public void Bytes(ushort type, string name, ref byte[]? value) { }
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T> { }
    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T> { }
    public void Texts(ushort type, string name, ref List<string>? values) { }
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new() { }
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new() { }
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new() { }

    private void Put(string name, long? value)
    {
        if (value is { } number && IsWanted(name))
            said[name] = Value.Of(number);
    }

    private bool IsWanted(string name)
    {
        if (lines.IsDefault)
            return true;
        foreach (var line in lines)
            if (line.Wire == name)
                return true;
        return false;
    }
}

// A pass over a netlink attribute set that collects what was said under each name as plain values. So the mapping from wire
// to model is not written a second time for every attribute: the set says number and type, the table says what it means.

using Weft.Model;
using Weft.Netlink;
using Weft.Text;

namespace Weft.Linux;

/// <summary>Who takes what a set says.</summary>
internal interface ISaid
{
    /// <summary>Asked before a value is made for it.</summary>
    bool Wants(string name);

    void Say(string name, Value value);
}

/// <summary>Collects a set's values by name. Numbers, words and lists of words; of structures only switches.</summary>
internal readonly struct Gather(ISaid said) : IPass
{
    /// <summary>Everything that a set says.</summary>
    public static Dictionary<string, Value> From(IAttributes? set)
    {
        var all = new Everything();
        Into(all, set);
        return all.Values;
    }

    public static void Into(ISaid said, IAttributes? set)
    {
        var pass = new Gather(said);
        set?.Walk(ref pass);
    }

    private sealed class Everything : ISaid
    {
        public Dictionary<string, Value> Values { get; } = new(StringComparer.Ordinal);
        public bool Wants(string name) => true;
        public void Say(string name, Value value) => Values[name] = value;
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
        if (value is { } on && said.Wants(name))
            said.Say(name, Value.Of(on ? 1 : 0));
    }

    public void Text(ushort type, string name, ref string? value)
    {
        if (value is not null && said.Wants(name))
            said.Say(name, Value.Of(value));
    }

    public void Mac(ushort type, string name, ref HardwareAddress? value)
    {
        if (value is { } address && said.Wants(name))
            said.Say(name, Value.Of(address.ToString()));
    }

    public void Ip(ushort type, string name, ref InetAddress? value)
    {
        if (value is { } address && said.Wants(name))
            said.Say(name, Value.Of(address.ToString()));
    }

    public void Ips(ushort type, string name, ref List<InetAddress>? values)
    {
        if (values is not null && said.Wants(name))
            said.Say(name, Value.Of(values.Select(address => address.ToString())));
    }

    public void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new()
    {
        if (set is QosMap map)
        {
            if (said.Wants(name))
                said.Say(name, new Value.Map(new(map.Mappings?.Where(pair => pair.To != 0).OrderBy(pair => pair.From).Select(pair => new Field(At.Nowhere($"{pair.From}"), At.Nowhere(Value.Of((long)pair.To)))) ?? [])));
            return;
        }
        var pass = new Gather(said);
        set?.Walk(ref pass);
    }

    public void Bytes(ushort type, string name, ref byte[]? value) { }
    /// <summary>Each switch of a structure of switches, by its own name.</summary>
    public void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T>
    {
        if (value is not { } there || there is not IBits bits)
            return;
        foreach (var (at, bit) in bits.Names.Index())
            if (((bits.Mask >> at) & 1) != 0 && said.Wants(bit))
                said.Say(bit, Value.Of((bits.On >> at) & 1));
    }

    public void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T> { }
    public void Texts(ushort type, string name, ref List<string>? values) { }
    public void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new() { }
    public void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new() { }
    public void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new() { }

    private void Put(string name, long? value)
    {
        if (value is { } number && said.Wants(name))
            said.Say(name, Value.Of(number));
    }
}

// A pass of another room's making: it only notes what is said. It proves that sets can be walked from outside by an
// ordinary struct.
namespace Weft.Netlink.Tests;

internal struct NamingPass : IPass
{
    public required List<(ushort Type, string Name)> Said;

    public readonly void U8(ushort type, string name, ref byte? value) => Said.Add((type, name));

    public readonly void U16(ushort type, string name, ref ushort? value) => Said.Add((type, name));

    public readonly void U32(ushort type, string name, ref uint? value) => Said.Add((type, name));

    public readonly void I32(ushort type, string name, ref int? value) => Said.Add((type, name));

    public readonly void U64(ushort type, string name, ref ulong? value) => Said.Add((type, name));

    public readonly void U16Big(ushort type, string name, ref ushort? value) => Said.Add((type, name));

    public readonly void U32Big(ushort type, string name, ref uint? value) => Said.Add((type, name));

    public readonly void Flag(ushort type, string name, ref bool? value) => Said.Add((type, name));

    public readonly void Text(ushort type, string name, ref string? value) => Said.Add((type, name));

    public readonly void Bytes(ushort type, string name, ref byte[]? value) => Said.Add((type, name));

    public readonly void Mac(ushort type, string name, ref HardwareAddress? value) => Said.Add((type, name));

    public readonly void Ip(ushort type, string name, ref InetAddress? value) => Said.Add((type, name));

    public readonly void Struct<T>(ushort type, string name, ref T? value) where T : struct, IWireStruct<T> => Said.Add((type, name));

    public readonly void Nest<TSet>(ushort type, string name, ref TSet? set) where TSet : class, IAttributes, new() => Said.Add((type, name));

    public readonly void Framed<TMessage>(ushort type, string name, ref TMessage? message) where TMessage : class, IFramed, new() => Said.Add((type, name));

    public readonly void Structs<T>(ushort type, string name, ref List<T>? values) where T : struct, IWireStruct<T> => Said.Add((type, name));

    public readonly void Texts(ushort type, string name, ref List<string>? values) => Said.Add((type, name));

    public readonly void Ips(ushort type, string name, ref List<InetAddress>? values) => Said.Add((type, name));

    public readonly void Frames<TFramed>(ushort type, string name, ref List<TFramed>? frames) where TFramed : class, IFramed, new() => Said.Add((type, name));

    public readonly void Records<TRecord>(ushort type, string name, ref List<TRecord>? records) where TRecord : class, IFramed, new() => Said.Add((type, name));
}

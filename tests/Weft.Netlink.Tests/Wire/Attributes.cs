// Sets alone, without message or header: to bytes and back, for theories.
namespace Weft.Netlink.Tests;

internal static class Attributes
{
    public static byte[] Write<TSet>(TSet set) where TSet : IAttributes
    {
        var buffer = new byte[64 * 1024];
        Array.Fill(buffer, (byte)0xee);
        var pass = new WritePass(buffer);
        set.Walk(ref pass);
        pass.Error.IsError.ShouldBeFalse(pass.Error.ToString());
        return buffer[..pass.Position];
    }

    public static WireError TryRead<TSet>(ReadOnlySpan<byte> bytes, TSet set) where TSet : IAttributes
    {
        var pass = new ReadPass(bytes, 0);
        set.Walk(ref pass);
        return pass.Error;
    }

    public static TSet Read<TSet>(ReadOnlySpan<byte> bytes) where TSet : IAttributes, new()
    {
        var set = new TSet();
        TryRead(bytes, set).IsError.ShouldBeFalse();
        return set;
    }
}

// A descriptor that is closed exactly once, even when a call on another thread still uses it.
using System.Runtime.InteropServices;

namespace Weft.Netlink;

internal sealed class NetlinkHandle : SafeHandle
{
    public NetlinkHandle() : base(-1, ownsHandle: true) { }

    public override bool IsInvalid => handle == -1;

    protected override bool ReleaseHandle() => Libc.Close(handle) == 0;
}

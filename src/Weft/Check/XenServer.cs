// What a host with `profile: xenserver` may have: XenServer's own limits (xapi, docs.xenserver.com), where they are narrower than the kernel's.

namespace Weft.Check;

internal static class XenServer
{
    public static bool IsAsked(Stack stack) => stack.Host.Rest.Word("profile") == "xenserver";

    /// <summary>XenServer runs its bridges on Open vSwitch or on the kernel, the whole host on one of them.</summary>
    public static bool IsOpenVswitch(Stack stack) => stack.Host.Rest.Word("backend") == "openvswitch";
}

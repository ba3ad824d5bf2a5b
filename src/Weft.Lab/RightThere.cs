// A lab in new namespaces of this kernel: network, mounts, PIDs, IPC and host name. Named namespaces (`ip netns add`), /run and
// /var/lib/weft are private to it and vanish with it; the file system is otherwise the machine's own.
namespace Weft.Lab;

internal static class RightThere
{
    public static int Run(LabRequest request, StateFolder state, string hostname) =>
        Keeper.Run("here", state, request.Command, request, hostname).Code;
}

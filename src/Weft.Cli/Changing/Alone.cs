// What a command needs before it changes anything: to be allowed to, to be the only weft at it, and - unless what was left half
// done does not matter to it, or it is there to settle that - nothing left half done.

using Weft.Text;

namespace Weft.Cli.Changing;

internal static class Alone
{
    /// <summary>The lock, or why the command must not begin.</summary>
    /// <param name="verb">The command, for the messages.</param>
    /// <param name="links">It changes links, which a capability allows; else only what is remembered.</param>
    /// <param name="settled">It stops where a change was left half done.</param>
    public static (ApplyLock? Lock, Finding? Why) Take(string verb, bool links, bool settled)
    {
        if (links && !Machine.MayChangeLinks())
            return (null, Nothing("not-permitted", $"{verb} changes links, which needs CAP_NET_ADMIN", "run it as root"));
        if (!links && !Environment.IsPrivilegedProcess)
            return (null, Nothing("not-permitted", $"{verb} changes what Weft remembers of this host, which is root's", "run it as root"));
        var (held, wrong, mend) = ApplyLock.Take();
        if (held is null)
            return (null, Nothing("lock-held", wrong, settled ? $"{mend}, then {verb} again" : mend));
        if (!settled || Unfinished.On(Machine.State(), alone: true) is not { } left)
            return (held, null);
        held.Dispose();
        return (null, Nothing(left.Rule, left.What, $"{left.Mend}; then {verb} again"));
    }

    private static Finding Nothing(string rule, string what, string mend) => Finding.Error(rule, Place.None, what, "nothing was sent", mend);
}

// What lies on disk of the last change, and what came of settling it.

namespace Weft.Apply;

/// <summary>What the journal on disk says of the last change.</summary>
public enum Standing
{
    /// <summary>There is no journal: it was finished.</summary>
    None,

    /// <summary>It is neither final nor undone. Who holds the lock is at it; where nobody does, it was left so.</summary>
    Begun,

    /// <summary>It is final; its journal is still there, and the good file may be the one before.</summary>
    Final,

    /// <summary>It was of another life of this namespace: of an earlier boot nothing is in this kernel.</summary>
    History,

    /// <summary>The journal is there and cannot be acted on.</summary>
    Unreadable,
}

/// <summary>What came of settling a change that was left.</summary>
public enum Settled
{
    /// <summary>Nothing was left.</summary>
    Nothing,

    /// <summary>The change was final; what was left of its records is written, or a finding says why not.</summary>
    Final,

    /// <summary>The change was of an earlier boot.</summary>
    History,

    /// <summary>The host is as it was before the change.</summary>
    Undone,

    /// <summary>Something could not be put back.</summary>
    Stuck,

    /// <summary>Nothing was done: the journal, or the kernel, cannot be read, or the way back ends what somebody uses by now.</summary>
    Refused,

    /// <summary>The journal cannot be read and was put aside, for a host must start.</summary>
    Unreadable,
}

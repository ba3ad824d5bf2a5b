// Where this machine keeps whom it asks for names, as a port of the hall.

using Weft.Apply;
using Weft.Model;
using Weft.Text;

namespace Weft.Resolving;

/// <summary>Name servers and search domains, link by link.</summary>
public interface INames
{
    /// <summary>Why Weft does not set them here: an error where somebody else does, advice where nobody needs to. Null where it can.</summary>
    Finding? Unfit { get; }

    /// <summary>What is set for links by Weft, as it is now.</summary>
    IReadOnlyList<(string Link, Settings Names)> All();

    /// <summary>Sets what a link's client got of both, in the place of what it got before: it holds where the link says nothing of that kind itself, and is nobody's setting.</summary>
    Refusal? Lease(string link, Settings names);

    /// <summary>Sets both for a link. With nothing, what was there before Weft is there again.</summary>
    Refusal? Set(string link, Settings wish);
}

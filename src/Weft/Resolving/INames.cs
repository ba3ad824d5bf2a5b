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

    /// <summary>Sets both for a link. With nothing, what was there before Weft is there again.</summary>
    Refusal? Set(string link, Settings wish);
}

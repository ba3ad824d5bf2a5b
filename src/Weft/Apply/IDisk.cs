// Small durable files as a port of the hall: ledger, journal, good file, history and their like.

namespace Weft.Apply;

/// <summary>A folder of small files that survive a crash: a write is whole or not there.</summary>
public interface IDisk
{
    /// <summary>Where a file is, for messages.</summary>
    string PathOf(string name);

    /// <summary>The file's text, or why it cannot be read; neither where there is none.</summary>
    (string? Text, string? Wrong) Read(string name);

    /// <summary>Writes it whole: aside, synchronised, renamed. Returns why not, and then what was there before is there still; null where it was written.</summary>
    string? Write(string name, Action<Stream> content);

    /// <summary>Takes it away. Returns why not; null where it is gone, or was not there.</summary>
    string? Remove(string name);
}

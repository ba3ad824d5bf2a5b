// The folder that recordings of cables go to, and its files while they are written.

using Weft.Text;

namespace Weft.Cli;

internal sealed class Recordings(string folder) : IDisposable
{
    private readonly List<FileStream> files = [];
    private bool isWriting;

    /// <summary>Makes the folder where there is none. Returns why it cannot be written to; null where it can.</summary>
    public string? Open()
    {
        if (folder.Length == 0)
            return "the name of the folder is empty";
        if (File.Exists(folder))
            return $"{Quote.Clean(folder)} is a file, and recordings go to a folder; name another";
        try
        {
            Directory.CreateDirectory(folder);
            isWriting = true;
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"{Quote.Clean(folder)}: no folder can be made there: {Quote.Clean(e.Message.TrimEnd('.'))}; name another";
        }
    }

    /// <summary>Makes the file of a cable, in place of one of this name.</summary>
    public Stream Make(string name)
    {
        var file = new FileStream(Path.Combine(folder, name), FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
        files.Add(file);
        return file;
    }

    /// <summary>Writes what is still held back: a full disk is told here at the latest.</summary>
    public void Close()
    {
        foreach (var file in files)
            file.Flush();
        isWriting = false;
    }

    /// <summary>Whether an exception can be one of writing them.</summary>
    public bool IsOf(Exception e) => isWriting && e is (IOException or UnauthorizedAccessException);

    public void Dispose()
    {
        foreach (var file in files)
            try
            {
                file.Dispose();
            }
            catch (IOException)
            {
                // It was told when the file was written, or flushed.
            }
    }
}

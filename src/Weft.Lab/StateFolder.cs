// The folder of one living lab, and the sweeping of those that a killed launcher left.
//
// Invariant: a folder whose `lock` can be taken exclusively belongs to nobody any more: the launcher holds it shared, and so
// does the keeper, so that a launcher's SIGKILL is over only when everything below it is. The kernel lets go of the lock
// however they end. The file `.lock` beside the folders serialises making, sweeping, borrowing and giving back.
namespace Weft.Lab;

internal sealed class StateFolder : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _runtime;
    private readonly FileStream _lock;

    private StateFolder(string runtime)
    {
        _runtime = runtime;
        Path = System.IO.Path.Combine(runtime, System.IO.Path.GetRandomFileName()[..8]);
        Directory.CreateDirectory(Path, Private);
        _lock = new FileStream(Write("lock", ""), FileMode.Open, FileAccess.Read, FileShare.Read);
    }

    /// <summary>Where the lab itself sees the folder, on this kernel as in user-mode Linux.</summary>
    public const string Inside = "/run/lab";

    /// <summary>The folder; only root may look into it.</summary>
    public string Path { get; }

    /// <summary>Sweeps, then makes a folder of its own.</summary>
    public static StateFolder Make(string runtime)
    {
        Directory.CreateDirectory(runtime, Private);
        using var alone = Alone(runtime);
        Sweep(runtime);
        return new StateFolder(runtime);
    }

    /// <summary>A path inside the folder.</summary>
    public string In(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file into the folder and returns its path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(In(name), text);
        return In(name);
    }

    /// <summary>Writes a script that this program carries into the folder and returns its path.</summary>
    public string WriteScript(string name)
    {
        using var source = new StreamReader(typeof(StateFolder).Assembly.GetManifestResourceStream(name)!);
        var path = Write(name, source.ReadToEnd());
        File.SetUnixFileMode(path, Private);
        return path;
    }

    /// <summary>Loads modules and makes folders that the machine lacks; the last lab to end gives them back.</summary>
    public void Borrow()
    {
        using var alone = Alone(_runtime);
        Borrowed.Take(_runtime);
    }

    public void Dispose()
    {
        using var alone = Alone(_runtime);
        _lock.Dispose();
        Sweep(_runtime);
    }

    private static FileStream? Alone(string runtime)
    {
        // A lock held for longer than anybody needs it is given up on: sweeping twice at once does no harm.
        for (var until = DateTime.UtcNow + Patience; DateTime.UtcNow < until; Thread.Sleep(5))
            if (Locked(System.IO.Path.Combine(runtime, ".lock")) is { } taken) return taken;
        return null;
    }

    private static void Sweep(string runtime)
    {
        var alive = false;
        foreach (var folder in Directory.GetDirectories(runtime))
        {
            using var taken = Locked(System.IO.Path.Combine(folder, "lock"));
            alive |= taken is null;
            if (taken is not null) Remove(folder);
        }
        if (!alive) Borrowed.GiveBack(runtime);
    }

    private static void Remove(string folder)
    {
        try { Directory.Delete(folder, recursive: true); }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException) { /* The next lab tries again. */ }
    }

    private static FileStream? Locked(string path)
    {
        try { return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
        catch (IOException) { return null; }
    }
}

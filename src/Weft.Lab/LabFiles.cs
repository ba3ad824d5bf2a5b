// The host files of a lab: read, named and bounded. A file that cannot be read is exit code 2, one with errors 3, each said in
// the form that all findings have.
using Weft.Lab.Topology;
using Weft.Spec;
using Weft.Text;

namespace Weft.Lab;

internal static class LabFiles
{
    private const int Unreadable = 2, Wrong = 3;
    private const long Largest = 16 << 20;

    /// <summary>Reads the files; null and an exit code where there cannot be a lab of them.</summary>
    public static (Layout? Layout, int Code) Read(LabRequest request, TextWriter say)
    {
        var hosts = new List<LabHost>();
        var code = 0;
        foreach (var file in request.Files)
        {
            var path = Path.GetFullPath(file, request.Folder);
            if (Load(file, path, say) is not { } text) { code = Unreadable; continue; }
            var reading = HostFile.Read(file, text);
            if (reading.Host is null || reading.HasErrors)
            {
                Report.Write(say, reading.Findings, name => name == file ? new Source(file, text) : null);
                code = Math.Max(code, Wrong);
                continue;
            }
            hosts.Add(new LabHost(reading.Host.Name ?? "host", path, reading.Host));
        }
        if (code != 0) return (null, code);
        var layout = Layouts.Of(hosts);
        foreach (var trouble in layout.Troubles) say.WriteLine($"lab: {trouble}");
        if (layout.Troubles.Count > 0) return (null, Wrong);
        foreach (var note in layout.Notes) say.WriteLine($"lab: {note}");
        return (layout, 0);
    }

    private static string? Load(string file, string path, TextWriter say)
    {
        try
        {
            if (new FileInfo(path).Length <= Largest) return File.ReadAllText(path);
            say.WriteLine($"lab: {file} is larger than 16 MB, which no host file is");
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            say.WriteLine($"lab: {file} cannot be read: {refusal.Message}");
        }
        return null;
    }
}

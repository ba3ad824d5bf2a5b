// The host files of a lab. How a file is read is the door's affair, and why it cannot be is its sentence: exit code 2. A file
// with errors is 3, each said in the form that all findings have.
using Weft.Lab.Staging;
using Weft.Topology;
using Weft.Spec;
using Weft.Text;

namespace Weft.Lab;

internal static class LabFiles
{
    private const int Unreadable = 2, Wrong = 3;

    /// <summary>Reads the files; null and an exit code where there cannot be a lab of them.</summary>
    public static (Layout? Layout, int Code) Read(LabRequest request, TextWriter say)
    {
        var hosts = new List<NamedHost>();
        var code = 0;
        foreach (var file in request.Files)
        {
            var (text, wrong) = request.Read(file);
            if (text is null)
            {
                say.WriteLine($"lab: {wrong}");
                code = Unreadable;
                continue;
            }
            var reading = HostFile.Read(file, text);
            if (reading.Host is null || reading.HasErrors)
            {
                Report.Write(say, reading.Findings, name => name == file ? new Source(file, text) : null);
                if (code != Unreadable) code = Wrong;
                continue;
            }
            hosts.Add(new NamedHost(reading.Host.Name ?? "host", Path.GetFullPath(file, request.Folder), reading.Host));
        }
        if (code != 0) return (null, code);
        var layout = Layouts.Of(hosts);
        foreach (var trouble in layout.Troubles) say.WriteLine($"lab: {trouble}");
        if (layout.Troubles.Count > 0) return (null, Wrong);
        foreach (var note in layout.Notes) say.WriteLine($"lab: {note}");
        return (layout, 0);
    }
}

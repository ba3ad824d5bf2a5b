// How a command speaks: its result on standard output, everything else on standard error; or all of it as one JSON
// document. Colour and progress are for a person at a terminal; a pipe gets plain text.

using System.Text;
using System.Text.Json;
using Spectre.Console;
using Weft.Show;
using Weft.Text;

namespace Weft.Cli;

internal sealed class Voice(bool json, bool colour, bool quiet)
{
    private readonly List<Source> sources = [];

    public bool Json => json;
    public bool Quiet => quiet;

    /// <summary>Remembers a file's text, for the lines that findings show.</summary>
    public void Knows(Source source) => sources.Add(source);

    public void Say(IEnumerable<Line> lines)
    {
        var all = lines.ToList();
        if (!colour)
            Out(string.Concat(all.Select(line => line + "\n")));
        else if (all.Count > 0)
        {
            using var to = Result();
            Colours.Write(to, all);
        }
    }

    public void Say(Line line) => Say([line]);

    /// <summary>Text that is itself a file, as it is.</summary>
    public static void Out(string text)
    {
        using var to = Result();
        to.Write(text);
    }

    /// <summary>Standard output as a stream: Console.Out would first send a terminal its key-pad mode.</summary>
    private static StreamWriter Result() => new(Console.OpenStandardOutput(), new UTF8Encoding(false));

    public static void Document(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var to = new Utf8JsonWriter(buffer))
            write(to);
        Out(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    /// <summary>A document that may be too long to be held; whoever writes it flushes now and then.</summary>
    public static void LongDocument(Action<Utf8JsonWriter> write)
    {
        using var result = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(result))
            write(to);
        result.WriteByte((byte)'\n');
    }

    /// <summary>Findings as text on standard error; with --quiet only the errors.</summary>
    public void Tell(IEnumerable<Finding> findings)
    {
        var told = findings.Where(finding => !quiet || finding.Severity == Severity.Error).ToList();
        if (told.Count == 0)
            return;
        using var text = new StringWriter();
        Report.Write(text, told, file => sources.Find(source => source.File == file));
        Console.Error.Write(text.ToString());
    }

    /// <summary>One sentence on standard error: why a command did not even begin.</summary>
    public static void Complain(string sentence) => Console.Error.Write($"weft: {Quote.Clean(sentence)}\n");

    /// <summary>Says why a command was refused before it sent anything, and returns the exit code that says the same.</summary>
    public int Refuse(Finding finding)
    {
        if (!json)
            return Refuse($"{finding.What}; {finding.Mend}");
        Document(to =>
        {
            to.WriteStartObject();
            to.WriteString("outcome", "refused");
            Report.WriteArray(to, [finding]);
            to.WriteEndObject();
        });
        return Exit.Refused;
    }

    public static int Refuse(string sentence)
    {
        Complain(sentence);
        return Exit.Refused;
    }

    /// <summary>Says what is wrong with the words of a command line, or with a file that they name, and returns the exit code that says the same.</summary>
    public static int Usage(string sentence)
    {
        Complain(sentence);
        return Exit.Usage;
    }

    /// <summary>Tells how something ended, and returns the exit code that says the same. That it cannot be told any more makes it end no other way.</summary>
    public static int Afterwards(int code, Action tell)
    {
        try
        {
            tell();
        }
        catch (IOException)
        {
            // The terminal is gone, or the disk that the result goes to is full.
        }
        return code;
    }

    /// <summary>
    /// Counts down for a person at a terminal; ends that line at zero. Returns whether anybody is there to see it.
    /// </summary>
    public bool Countdown(TimeSpan left)
    {
        if (json || quiet || Console.IsErrorRedirected)
            return false;
        var seconds = (int)Math.Ceiling(left.TotalSeconds);
        if (seconds == counted || (seconds == 0 && counted < 0))
            return true;
        counted = seconds == 0 ? -1 : seconds;
        try
        {
            Console.Error.Write(seconds == 0 ? "\n" : $"\rweft: undone in {seconds} s unless weft confirm is run  ");
        }
        catch (IOException)
        {
            // The terminal is gone, perhaps through this very change.
        }
        return true;
    }

    private int counted = -1;

    /// <summary>
    /// Does the work, and after a second of it says so to a person who waits: in one line, whatever becomes of the terminal. It may be gone by
    /// then, perhaps through this very work, and what is half done must not end with it.
    /// </summary>
    public T Working<T>(string what, Func<T> work)
    {
        if (json || quiet || Console.IsErrorRedirected)
            return work();
        var running = Task.Run(work);
        if (Task.WaitAny([running], TimeSpan.FromSeconds(1)) < 0 && counted < 0)
        {
            try
            {
                Console.Error.Write($"weft: {what} …\n");
            }
            catch (IOException)
            {
                // Nobody is there any more to be told.
            }
        }
        return running.GetAwaiter().GetResult();
    }
}

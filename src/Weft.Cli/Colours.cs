// The tones of a line as a terminal's colours. The only place that knows the terminal library.

using Spectre.Console;
using Weft.Show;

namespace Weft.Cli;

internal static class Colours
{
    /// <summary>Wide enough that the library never breaks a line: a terminal does that better, and copying stays right.</summary>
    private const int Unbroken = 100_000;

    public static void Write(TextWriter to, IEnumerable<Line> lines)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(to) });
        console.Profile.Width = Unbroken;
        foreach (var line in lines)
        {
            foreach (var bit in line.Bits)
                console.Write(new Spectre.Console.Text(bit.Text, Of(bit.Tone)));
            console.WriteLine();
        }
    }

    private static Style Of(Tone tone) => tone switch
    {
        Tone.Name => new Style(decoration: Decoration.Bold),
        Tone.Good => new Style(Color.Green),
        Tone.Bad => new Style(Color.Red),
        Tone.Faint => new Style(decoration: Decoration.Dim),
        _ => Style.Plain,
    };
}

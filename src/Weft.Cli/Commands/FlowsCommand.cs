// weft flows FILE: which port of a bond each flow takes, under the file's policy and every other.

using System.CommandLine;
using Weft.Spec;
using Weft.Text;
using Weft.Twin;
using Weft.Twin.Flows;
using Weft.Twin.Flows.Captures;
using Weft.Twin.Hashing;

namespace Weft.Cli.Commands;

internal static class FlowsCommand
{
    /// <summary>What is asked.</summary>
    private sealed record Asked(string File, string? Bond, string? Csv, string? Pcap, string Kernel, string[] Down, bool All);

    public static Command Make(Global global)
    {
        var file = Words.HostFile();
        var bond = new Option<string?>("--bond") { Description = "The bond; not needed where the file has only one", HelpName = "NAME" };
        var csv = new Option<string?>("--csv")
        {
            Description = "Flows as CSV under the line smac,dmac,vlan,ethertype,src,dst,proto,sport,dport, the columns in any order; of icmp sport is the identifier of an echo, of esp and ah the SPI, or empty; tcp or udp without ports is a later fragment",
            HelpName = "FILE",
        };
        var pcap = new Option<string?>("--pcap") { Description = "Flows as packets recorded in pcap or pcapng, each of which counts; the first VLAN tag of a packet is taken to travel beside it, as that of bond0.N does", HelpName = "FILE" };
        var kernel = KernelWord.Option("Hash as this Linux");
        var down = new Option<string[]>("--down") { Description = "Reckon without this port, which is down; may be given again", HelpName = "PORT" };
        var all = new Option<bool>("--all") { Description = "Tell every flow, however many" };
        var command = new Command("flows", "Tell which port of a bond each flow takes, under the file's hash policy and every other, and how even that is; to the bit as the kernel hashes") { file, bond, csv, pcap, kernel, down, all };
        var excludes = new Excludes([(csv, pcap, null), (all, global.Json, "the document has every flow")]);
        command.SetAction(global.Then((voice, words) =>
        {
            var asked = new Asked(words.GetRequiredValue(file), words.GetValue(bond), words.GetValue(csv), words.GetValue(pcap), words.GetRequiredValue(kernel), words.GetValue(down) ?? [], words.GetValue(all));
            return excludes.In(words) is { } wrong ? Voice.Usage(wrong)
                : asked.Csv is null && asked.Pcap is null ? Voice.Usage("weft flows needs the flows, with --csv FILE or --pcap FILE; see weft flows --help")
                : asked.File == "-" && (asked.Csv ?? asked.Pcap) == "-" ? Voice.Usage("standard input cannot be both the host file and the flows; give one of them a name")
                : Run(voice, asked);
        }));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        var (kernel, strange) = KernelWord.Read(asked.Kernel);
        if (kernel is null)
            return Voice.Usage(strange);
        var got = Input.Read(asked.File);
        if (got.Source is null)
            return Voice.Usage(got.Wrong!);
        voice.Knows(got.Source);
        var reading = HostFile.Read(got.Source.File, got.Text);
        if (reading.Host is not { } host)
            return End(voice, null, reading.Findings, asked.All);
        var (question, wrong, refused) = FlowQuestion.Of(host, got.Source.File, asked.Bond, asked.Down, kernel);
        if (wrong is not null)
            return Voice.Usage(wrong);
        if (question is null)
            return End(voice, null, [.. reading.Findings, .. refused], asked.All);
        var (flows, unread) = Flows(voice, asked);
        if (flows is null)
            return Voice.Usage(unread!);
        return End(voice, question.Answer(flows), [.. reading.Findings, .. flows.Findings], asked.All);
    }

    private static (FlowFile? Flows, string? Wrong) Flows(Voice voice, Asked asked)
    {
        if (asked.Pcap is { } pcap)
        {
            var (bytes, wrong) = Input.Bytes(pcap, Input.LargestOfFlows);
            return bytes is null ? (null, wrong) : (Capture.Read(pcap == "-" ? "stdin" : pcap, bytes), null);
        }
        var got = Input.Read(asked.Csv!, largest: Input.LargestOfFlows);
        if (got.Source is null)
            return (null, got.Wrong);
        voice.Knows(got.Source);
        return (FlowCsv.Read(got.Source.File, got.Text), null);
    }

    /// <summary>What the files' own mistakes did not keep from being answered is answered; they are told beside it.</summary>
    private static int End(Voice voice, FlowTable? table, IReadOnlyCollection<Finding> findings, bool all)
    {
        if (voice.Json)
            Voice.LongDocument(to => FlowJson.Write(to, table, findings));
        else
        {
            voice.Tell(findings);
            if (table is not null)
                voice.Say(FlowReport.Of(table, all));
        }
        return table is null ? Exit.Findings : Exit.Done;
    }
}

// weft flows FILE: which port of a bond each flow takes, under the file's policy and every other.

using System.CommandLine;
using Weft.Model;
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
            return excludes.In(words) is { } wrong ? Refuse(wrong)
                : asked.Csv is null && asked.Pcap is null ? Refuse("weft flows needs the flows, with --csv FILE or --pcap FILE; see weft flows --help")
                : asked.File == "-" && (asked.Csv ?? asked.Pcap) == "-" ? Refuse("standard input cannot be both the host file and the flows; give one of them a name")
                : Run(voice, asked);
        }));
        return command;
    }

    private static int Run(Voice voice, Asked asked)
    {
        var (kernel, strange) = KernelWord.Read(asked.Kernel);
        if (kernel is null)
            return Refuse(strange);
        var got = Input.Read(asked.File);
        if (got.Source is null)
            return Refuse(got.Wrong!);
        voice.Knows(got.Source);
        var reading = HostFile.Read(got.Source.File, got.Text);
        if (reading.Host is not { } host)
            return End(voice, null, reading.Findings, asked.All);
        var bonds = host.Of(LinkKind.Bond).ToList();
        var names = bonds.Select(one => one.Name.Value).ToList();
        var shown = Quote.Clean(got.Source.File);
        if (bonds.Count == 0)
            return Refuse($"{shown} has no bond");
        if (asked.Bond is null && bonds.Count > 1)
            return Refuse($"{shown} has several bonds: say --bond, one of {string.Join(", ", names.Select(Quote.Short))}");
        if ((asked.Bond is null ? bonds[0] : bonds.Find(one => one.Name.Value == asked.Bond)) is not { } bond)
            return Refuse($"there is no bond {Quote.Of(asked.Bond!)} in {shown}{Nearest.Hint(asked.Bond!, names)}");
        var ports = bond.Ports.Select(port => port.Name.Value).ToList();
        if (asked.Down.FirstOrDefault(port => !ports.Contains(port)) is { } stranger)
            return Refuse($"--down: {Quote.Of(stranger)} is no port of {Quote.Short(bond.Name.Value)}{Nearest.Hint(stranger, ports)}");
        if (BondSending.Of(host, bond, asked.Down) is not { } sending)
            return End(voice, null, reading.Findings, asked.All);
        if (!kernel.Has(sending.Policy))
            return End(voice, null, [.. reading.Findings, Finding.Error("policy-not-in-kernel", sending.PolicyPlace, $"Linux {kernel.Name} has no xmit_hash_policy {sending.Policy.Word()}", "it came with 5.12, and an older kernel refuses it", "name a kernel that has it with --kernel, or choose another policy")], asked.All);
        var (flows, unread) = Flows(voice, asked);
        if (flows is null)
            return Refuse(unread!);
        return End(voice, flows.HasErrors ? null : new(sending, kernel, flows.Flows), [.. reading.Findings, .. flows.Findings], asked.All);
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

    private static int Refuse(string sentence)
    {
        Voice.Complain(sentence);
        return Exit.Usage;
    }
}

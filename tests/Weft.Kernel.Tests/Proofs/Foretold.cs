// What a proof says of a host: of every question that some expectation asks, whether it is answered with nothing failing and with each single thing failing, and for how long
// at most it is not. What chance has a part in, a proof decides nothing of, and neither does this.

using System.Globalization;
using System.Text;
using Weft.Kernel.Tests.Frames;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Twin;
using Weft.Twin.Proving;
using Weft.Twin.Scenes;
using Asked = Weft.Twin.Proving.Question;
using Case = Weft.Twin.Proving.Case;
using Fault = Weft.Twin.Proving.Fault;
using Question = Weft.Kernel.Tests.Frames.Question;

namespace Weft.Kernel.Tests.Proofs;

internal sealed class Foretold
{
    /// <summary>The lab's kernel.</summary>
    public static readonly KernelVersion Kernel = KernelVersion.Linux61 with { Hz = 100 };

    /// <summary>The deed of nothing failing.</summary>
    private const string Whole = "";

    /// <summary>For how many seconds a silent partner of a bond that says so twice a minute is waited for.</summary>
    private const double Slow = 110;

    private readonly FrameCase plain;
    private readonly string text;
    private readonly Dictionary<(Asked Question, string Deed), (bool Holds, long BoundNs)> said = [];
    private readonly List<Asked> questions = [];
    private readonly List<Fault> faults = [];

    public Foretold(string name, string text)
    {
        (Name, this.text) = (name, Expecting(name, text));
        plain = new(name, 0, this.text, null);
        var (proven, findings) = Proof.Of([plain.Host], new() { Kernel = Kernel });
        proven.ShouldNotBeNull(string.Join('\n', findings));
        foreach (var verdict in proven.Verdicts.Where(verdict => !verdict.IsChance))
            foreach (var (failing, holds, bound) in verdict.Tried.Where(tried => tried.Faults.Count <= 1))
                foreach (var question in verdict.Expectation.Questions.Where(question => failing.All(fault => fault.Member is not { } member || !Ends.Has(plain.Layout, question, member))))
                    Say(question, failing.Count == 0 ? null : failing[0], holds, bound);
    }

    public string Name { get; }

    /// <summary>Whether a proof decides anything of it.</summary>
    public bool IsDecided => said.Count > 0;

    /// <summary>What it says, and of how much.</summary>
    public string Extent => $"{Name}: {questions.Count} questions, {faults.Count} failures";

    /// <summary>Copies of the host, in each of which something fails.</summary>
    /// <param name="number">The first one's number.</param>
    /// <param name="most">How many at most: of each kind of failure some.</param>
    /// <param name="isPatient">Whether minutes are waited for one.</param>
    public IEnumerable<Failing> Failing(int number, int most, bool isPatient) =>
        faults.Where(fault => (isPatient || !IsSlow(fault)) && !IsPeer(fault)).GroupBy(fault => fault.Kind).SelectMany(kind => kind.Select((fault, at) => (fault, at))).OrderBy(pair => pair.at).Take(most).Select((pair, at) => new Failing(this, pair.fault, Copy(number + at, pair.fault)));

    /// <summary>What is said of a question of a copy, of the whole host or of one in which something has failed; null where nothing is.</summary>
    public (bool Holds, double Bound)? Of(FrameCase copy, Question question, Fault? fault) =>
        said.TryGetValue((Meant(copy, question), fault?.Deed ?? Whole), out var one) ? (one.Holds, one.BoundNs / 1e9) : null;

    private FrameCase Copy(int number, Fault fault)
    {
        var named = new FrameCase(Name, number, text, null);
        var asked = questions.Where(question => said.ContainsKey((question, fault.Deed))).ToList();
        // Another copy watches others first.
        var turned = asked.Skip(number % asked.Count).Concat(asked.Take(number % asked.Count));
        var words = fault.Member is null && fault.Kind != FaultKind.Link ? fault.Words : fault.Words.Select(word => string.Join('/', word.Split('/').Select(member => named.Called(plain, member))));
        return new(Name, number, text, new(string.Join(' ', words), 1, null) { Window = IsSlow(fault) ? Slow : null })
        {
            Given = [.. turned.Select(question => new Question(named.Called(plain, question.From), named.Called(plain, question.To), question.Target)
            {
                Source = question.Asker?.Own.Address,
                Domain = question.Asker is { } asker && asker.Machine == plain.Host.Name ? VrfOf(plain.Host.Host, asker.Link) : null,
            })],
        };
    }

    private Asked Meant(FrameCase copy, Question question) =>
        questions.Find(one => copy.Called(plain, one.From) == question.From && copy.Called(plain, one.To) == question.To && one.Target.Equals(question.Address) && Equals(one.Asker?.Own.Address, question.Source))!;

    private void Say(Asked question, Fault? fault, bool holds, long bound)
    {
        if (!questions.Contains(question))
            questions.Add(question);
        if (fault is not null && !faults.Exists(one => one.Deed == fault.Deed))
            faults.Add(fault);
        var key = (question, fault?.Deed ?? Whole);
        // Of several expectations the one that says most counts: that it holds, and for how long at most it does not.
        if (!said.TryGetValue(key, out var before) || (holds && (!before.Holds || bound < before.BoundNs)))
            said[key] = (holds, bound);
    }

    private static bool IsSlow(Fault fault) => fault.Kind == FaultKind.Lacp && fault.Cords[0] is var cord
        && cord.Host.Host.Of(LinkKind.Bond).Any(bond => bond.Ports.Any(port => port.Name.Value == cord.Label) && bond.Settings.Word(BondLines.LacpRate) != "fast");

    /// <summary>A lab's pair is one bridge, and has no peer link to be pulled.</summary>
    private bool IsPeer(Fault fault) => fault.Kind == FaultKind.Link && fault.Words.Any(word => word.Split('/') is [var one, var other] && plain.Layout.Boxes.Exists(box => box.Members.Contains(one) && box.Members.Contains(other)));

    private static string? VrfOf(Host host, string link) => host.Of(LinkKind.Vrf).FirstOrDefault(vrf => vrf.Ports.Any(port => port.Name.Value == link))?.Name.Value;

    /// <summary>A host of which nothing is expected is expected to have everybody reached in each of its networks.</summary>
    private static string Expecting(string name, string text)
    {
        if (text.Contains("\nexpect:", StringComparison.Ordinal))
            return text;
        var networks = Ends.Of(new FrameCase(name, 0, text, null).Layout).Select(end => end.Network).Distinct(StringComparer.Ordinal).ToList();
        var lines = new StringBuilder(text.TrimEnd('\n')).Append("\nexpect:\n");
        foreach (var network in networks)
            lines.Append(CultureInfo.InvariantCulture, $"  - {{network: {network}}}\n");
        return networks.Count == 0 ? text : lines.ToString();
    }
}

/// <summary>A copy of a host in which something fails.</summary>
internal sealed class Failing
{
    private readonly Foretold host;
    private readonly Fault fault;
    private readonly Case made;
    private List<Tried>? whole, failed;

    public Failing(Foretold host, Fault fault, FrameCase copy)
    {
        (this.host, this.fault, Copy) = (host, fault, copy);
        var ends = Ends.Of(copy.Layout);
        var (one, findings) = Case.Of([copy.Host], [.. copy.Questions.All.Select(question => new Asked(question.From, question.To, question.Address)
        {
            Asker = ends.Find(end => end.Machine == question.From && end.Own.Address.Equals(question.Source)),
            Asked = ends.Find(end => end.Machine == question.To && end.Own.Address.Equals(question.Address)),
        })], Foretold.Kernel);
        made = one ?? throw new ShouldAssertException(string.Join('\n', findings));
    }

    public FrameCase Copy { get; }

    /// <summary>What a proof says of one of the copy's questions before it fails, and after that.</summary>
    public (bool Holds, double Bound)? Before(Question question) => host.Of(Copy, question, null);

    public (bool Holds, double Bound)? After(Question question) => host.Of(Copy, question, fault);

    /// <summary>What becomes of a question by each flow, on the twin of the copy, whatever the proof says of all of them together.</summary>
    public IEnumerable<Outcome> Flows(Question question, bool isAfter)
    {
        var at = Copy.Questions.All.ToList().IndexOf(question);
        var runs = isAfter ? failed ??= Tried(isAfter) : whole ??= Tried(isAfter);
        return runs.Select(run => run.Outcomes[at]);
    }

    private List<Tried> Tried(bool isAfter) => [.. made.Flows.Select(shift => Trial.Run(made, isAfter ? [made.Faults.First(own => own.Deed == Copy.Broken!.Word)] : [], 1, shift))];

    /// <summary>How large an echo of each question may be: in bytes, of the packet.</summary>
    public IReadOnlyDictionary<string, int> Sizes()
    {
        var scene = made.Scene.Again(1, 0);
        return Copy.Questions.All.ToDictionary(question => $"{question}", question => FullSize.Of(scene, scene.Machine(question.From)!, question.Source, scene.Machine(question.To)!, question.Address) + question.Headers, StringComparer.Ordinal);
    }
}

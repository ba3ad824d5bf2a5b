// What drivers keep of NICs: asked for and set over ethtool's generic netlink. One datagram asks all NICs for everything that is
// wanted of them. The socket is opened by the first who asks, so that a host of which no file says a word of this pays nothing.

using System.Collections.Immutable;
using Weft.Apply;
using Weft.Model;
using Weft.Model.Attributes;
using Weft.Netlink;
using Weft.Plan;
using Attribute = Weft.Model.Attributes.Attribute;

namespace Weft.Linux.Drivers;

/// <summary>The way to the drivers of a namespace.</summary>
internal sealed class Driver(RouteSocketOptions options) : IDisposable
{
    private GenericSocket? socket;
    private MessageType? family;
    private bool opened;

    /// <summary>A host with what the drivers of its NICs tell; as it was, where nothing was asked. A kernel without ethtool's netlink (before 5.6) has none of it.</summary>
    public Host Told(Host host, Inquiry? inquiry, Names names)
    {
        if (inquiry is null || inquiry.On(host).Where(one => names.IndexOf(one.Link) > 0).ToList() is not { Count: > 0 } asked)
            return host;
        Open();
        var told = asked.ToDictionary(one => one.Link, one => (one.Lines, Subjects: Subject.Of(one.Lines), Telling: new Telling()), StringComparer.Ordinal);
        if (socket is not null && family is { } type)
        {
            var questions = new List<(Request Request, Telling To, Subject Subject, bool Tries)>();
            foreach (var (name, one) in told)
                foreach (var subject in one.Subjects)
                {
                    questions.Add((EthtoolCommands.Ask(type, subject.Command, names.IndexOf(name)), one.Telling, subject, false));
                    if (inquiry.Tries && subject.IsTried)
                        questions.Add((EthtoolCommands.Set(type, subject.Command, names.IndexOf(name), subject.Command.Body()), one.Telling, subject, true));
                }
            var answers = socket.Execute([.. questions.Select(question => question.Request)]).Each;
            foreach (var (question, answer) in questions.Zip(answers))
                if (question.Tries)
                    question.To.Tried(question.Subject, answer.Refusal?.ErrnoName is "EOPNOTSUPP");
                else
                    question.To.Read(question.Subject, answer.Reply);
        }
        return host with { Links = [.. host.Links.Select(link => told.TryGetValue(link.Name.Value, out var one) ? one.Telling.Into(link, one.Lines) : link)] };
    }

    /// <summary>Sets what a step says of a NIC's hardware.</summary>
    /// <returns>Why a driver refused; null where all was done.</returns>
    public Refusal? Set(int index, Settings settings)
    {
        Open();
        if (socket is null || family is not { } type)
            return new("EOPNOTSUPP", "this kernel has no ethtool netlink (Linux 5.6)");
        foreach (var subject in Subject.Of([.. settings.Select(pair => pair.Key)]))
        {
            IReadOnlyCollection<string> modes = settings.Has(NicLines.Advertise) && subject == Subject.Talking ? Modes(type, index) : [];
            if (socket.Execute(EthtoolCommands.Set(type, subject.Command, index, subject.Write(settings, modes))) is var answers && answers.Each[0] is { Verdict: not Verdict.Accepted } answer)
                return answer.Refusal is { } refusal ? Refused.By(refusal) : answers.Failure is { } failure ? Refused.By(failure) : new("ETIMEDOUT", "the kernel did not answer");
        }
        return null;
    }

    public void Dispose() => socket?.Dispose();

    /// <summary>The modes among which a choice is made: each is told on or off, and what else is advertised (pause, FEC) stays.</summary>
    private List<string> Modes(MessageType type, int index)
    {
        var told = new LinkModesMessage();
        return socket!.Execute(EthtoolCommands.Ask(type, EthtoolCommands.LinkModes, index)).Each[0] is { Verdict: Verdict.Accepted, Reply: { IsEmpty: false } reply } && !MessageCodec.Read(reply.Span, told).IsError
            ? [.. Telling.ModesIn(told.Ours?.Names)] : [];
    }

    private void Open()
    {
        if (opened)
            return;
        opened = true;
        if (GenericSocket.TryOpen(options, out socket, out _))
            family = socket.Family(EthtoolCommands.Family);
    }
}

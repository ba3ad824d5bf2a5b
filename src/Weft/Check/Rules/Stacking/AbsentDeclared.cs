// A link that the file declares and wants gone. One of the two was forgotten.

using Weft.Model;
using Weft.Text;

namespace Weft.Check;

/// <summary>What is wanted absent is declared nowhere, and nothing stands on it.</summary>
public sealed class AbsentDeclared() : Rule("absent-declared", Severity.Error)
{
    public override string Why => "a link cannot be wanted and wanted gone at once";

    public override string Bad => """
        nics: {eth0: {}}
        bridges: {br0: {ports: [eth0]}}
        absent: [[|br0|]]
        """;

    public override string Good => """
        nics: {eth0: {}}
        bridges: {br0: {ports: [eth0]}}
        absent: [br-old]
        """;

    internal override IEnumerable<Finding> Look(Stack stack) =>
        from name in stack.Host.Absent
        let declared = stack.Host.Find(name.Value)
        where declared is not null
        select At(name.Place, $"{Quote.Clean(name.Value)} is wanted absent, and declared as a {declared.Kind} in line {declared.Name.Place.Line}", "remove it from one of the two places");
}

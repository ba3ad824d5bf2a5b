// Writes `Rules.All` from the rule files themselves: every sealed class that derives from Weft.Check.Rule, in the order of its
// name, with the folder of its file as its subject. Reflection would break trimming, and a list by hand would be a second place to edit for each rule.

using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Weft.Generators;

/// <summary>Finds the rules and lists them.</summary>
[Generator]
public sealed class RuleList : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var rules = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is ClassDeclarationSyntax { BaseList: not null },
            static (at, stop) => NameOfRule(at, stop)).Where(static name => name is not null).Collect();
        context.RegisterSourceOutput(rules, static (to, names) => to.AddSource("Rules.g.cs",
            "namespace Weft.Check;\n\npublic static partial class Rules\n{\n    private static partial Rule[] Every() =>\n    [\n"
            + string.Concat(names.Distinct().OrderBy(static rule => rule, System.StringComparer.Ordinal).Select(static rule => rule!.Split('|')).Select(static rule => $"        new {rule[0]}() {{ Subject = \"{rule[1]}\" }},\n"))
            + "    ];\n}\n"));
    }

    private static string? NameOfRule(GeneratorSyntaxContext at, CancellationToken stop) =>
        at.SemanticModel.GetDeclaredSymbol(at.Node, stop) is INamedTypeSymbol { IsAbstract: false } type && type.BaseType?.ToDisplayString() == "Weft.Check.Rule"
            ? $"{type.ToDisplayString()}|{Path.GetFileName(Path.GetDirectoryName(at.Node.SyntaxTree.FilePath)).ToLowerInvariant()}"
            : null;
}

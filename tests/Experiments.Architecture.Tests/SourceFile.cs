using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>One file of a project.</summary>
/// <param name="Path">Relative to the repository, with <c>/</c>.</param>
/// <param name="Folder">Relative to the project; "." is the root.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record SourceFile(string Path, string Folder, string Text)
{
    private readonly Lazy<HashSet<string>> _chains = new(() => ChainsIn(SourceText.CodeOf(Text)));

    /// <summary>Up to the first dot: a part of a partial type is <c>Name.Part.cs</c>.</summary>
    public string TypeName { get; } = System.IO.Path.GetFileName(Path).Split('.')[0];

    public string Code { get; } = SourceText.CodeOf(Text);

    public int LineCount => Text.Count(character => character == '\n');

    /// <summary>Null in a file of top-level statements.</summary>
    public string? Namespace => NamespacePattern().Match(Code) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Types that are declared at the margin, so inside no other type.</summary>
    public IReadOnlyList<string> TopLevelTypes => [.. TypePattern().Matches(Code).Select(match => match.Groups[1].Value)];

    /// <summary>Namespaces and types that using directives name.</summary>
    public IReadOnlyList<string> Usings => [.. UsingPattern().Matches(Code).Select(match => match.Groups[1].Value)];

    /// <summary>Whether the code holds the name, which may have dots, as a word of its own or at the start of a longer chain.</summary>
    public bool Mentions(string name) => _chains.Value.Contains(name);

    public override string ToString() => Path;

    /// <summary>Of <c>A.B.C</c>: <c>A</c>, <c>A.B</c> and <c>A.B.C</c>.</summary>
    private static HashSet<string> ChainsIn(string code)
    {
        HashSet<string> chains = new(StringComparer.Ordinal);
        foreach (string chain in ChainPattern().Matches(code).Select(match => match.Value).Distinct(StringComparer.Ordinal))
        {
            for (int dot = chain.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = chain.IndexOf('.', dot + 1))
            {
                chains.Add(chain[..dot]);
            }

            chains.Add(chain);
        }

        return chains;
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex NamespacePattern();

    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*", RegexOptions.None, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex ChainPattern();

    [GeneratedRegex(
        @"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?|delegate\s+[\w<>\[\]?.]+)\s+(\w+)",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 5_000)]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"^(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?([\w.]+)", RegexOptions.Multiline, matchTimeoutMilliseconds: 5_000)]
    private static partial Regex UsingPattern();
}

using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Cli.Tests.Support;

/// <summary>What a run of the tool printed and ended with.</summary>
internal sealed record CliResult(int ExitCode, IReadOnlyList<string> OutLines, IReadOnlyList<string> ErrorLines)
{
    public string Out => string.Join('\n', OutLines);

    public string Error => string.Join('\n', ErrorLines);

    /// <summary>Standard output, which must be one JSON value.</summary>
    public JsonElement Json => JsonElement.Parse(Out);

    /// <summary>Fails with everything that was printed where the exit code is another.</summary>
    public CliResult Ends(int exitCode)
    {
        Assert.True(exitCode == ExitCode, $"ended with {ExitCode} and not {exitCode}.\n{Out}\n--- errors\n{Error}");
        Assert.DoesNotMatch(new Regex("^   at ", RegexOptions.Multiline, TimeSpan.FromSeconds(1)), Error);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        return this;
    }

    /// <summary>The cells of the row that begins with a cell.</summary>
    public string[] Row(string first) => OutLines.Select(static line => Regex.Split(line, "  +", RegexOptions.None, TimeSpan.FromSeconds(1)))
        .Single(cells => cells[0] == first);

    /// <summary>For failures.</summary>
    public override string ToString() => $"{ExitCode}: {Out} {Error}";
}

using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>The walk-through that the README prints, run by a shell as it stands there: only the address differs.</summary>
internal static partial class WalkThrough
{
    private const string PrintedAddress = "localhost:3000";

    /// <summary>Runs it against a product and answers everything that it printed.</summary>
    /// <param name="url">Where the product listens.</param>
    public static async Task<string> RunAsync(string url)
    {
        string script = ReadScript().Replace(PrintedAddress, new Uri(url).Authority, StringComparison.Ordinal);
        Assert.DoesNotContain(PrintedAddress, script, StringComparison.Ordinal);
        using var directory = new TempDirectory();
        string file = directory.PathOf("walk-through.sh");
        await File.WriteAllTextAsync(file, script);
        var output = new ProcessOutput();
        await using ChildProcess shell = await ChildProcess.StartAsync(
            "walk-through", "bash", ["-e", file], directory.Path, new Dictionary<string, string?>(StringComparer.Ordinal), output);
        Assert.Equal(0, await shell.WaitForExitAsync(TimeSpan.FromMinutes(1)));
        return output.ToString();
    }

    private static string ReadScript()
    {
        Match block = Block().Match(File.ReadAllText(Repository.PathOf("README.md")));
        Assert.True(block.Success, "README.md has no walk-through block.");
        return block.Groups["script"].Value;
    }

    [GeneratedRegex("<!-- walk-through -->\n```sh\n(?<script>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>A walk-through that the README, or another page, prints, run by a shell as it stands there: only the address differs.</summary>
internal static partial class WalkThrough
{
    private const string PrintedAddress = "localhost:3000";

    /// <summary>Runs it against a product and answers everything that it printed.</summary>
    /// <param name="url">Where the product listens.</param>
    /// <param name="page">That prints it, from the root of the repository.</param>
    public static async Task<string> RunAsync(string url, string page = "README.md")
    {
        string script = ReadScript(page).Replace(PrintedAddress, new Uri(url).Authority, StringComparison.Ordinal);
        Assert.DoesNotContain(PrintedAddress, script, StringComparison.Ordinal);
        using var directory = new TempDirectory();
        return await RunAsync(script, directory.Path, new Dictionary<string, string?>(StringComparer.Ordinal));
    }

    /// <summary>Runs one that starts the product by itself, in the repository, and answers everything that it printed.</summary>
    /// <param name="page">That prints it, from the root of the repository.</param>
    /// <param name="ports">Those that it prints, and what to take instead.</param>
    /// <param name="environment">What it expects.</param>
    public static Task<string> RunInRepositoryAsync(string page, IReadOnlyDictionary<int, int> ports, IReadOnlyDictionary<string, string?> environment)
    {
        string script = Port().Replace(ReadScript(page), printed => ports.TryGetValue(int.Parse(printed.Value, CultureInfo.InvariantCulture), out int other)
            ? other.ToString(CultureInfo.InvariantCulture)
            : printed.Value);
        return RunAsync(script, Repository.Root, environment);
    }

    private static async Task<string> RunAsync(string script, string workingDirectory, IReadOnlyDictionary<string, string?> environment)
    {
        using var directory = new TempDirectory();
        string file = directory.PathOf("walk-through.sh");
        await File.WriteAllTextAsync(file, script);
        var output = new ProcessOutput();
        await using ChildProcess shell = await ChildProcess.StartAsync("walk-through", "bash", ["-e", file], workingDirectory, environment, output);
        int exitCode = await shell.WaitForExitAsync(TimeSpan.FromMinutes(2));
        Assert.True(exitCode == 0, $"{exitCode}\n{output}");
        return output.ToString();
    }

    private static string ReadScript(string page)
    {
        Match block = Block().Match(File.ReadAllText(Repository.PathOf(page)));
        Assert.True(block.Success, $"{page} has no walk-through block.");
        return block.Groups["script"].Value;
    }

    [GeneratedRegex(@"\b30\d\d\b", RegexOptions.None, 1000)]
    private static partial Regex Port();

    [GeneratedRegex("<!-- walk-through -->\n```sh\n(?<script>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Block();
}

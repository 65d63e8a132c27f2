namespace Experiments.Packages.Tests.Support;

/// <summary>The <c>dotnet</c> command as a user's shell would run it: nothing of this test run, of CI or of the repository leaks in.</summary>
internal static class Dotnet
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, string?> s_environment = new(StringComparer.Ordinal)
    {
        ["CI"] = null,

        // `dotnet test` sets these for its own build.
        ["MSBUILD_EXE_PATH"] = null,
        ["MSBuildExtensionsPath"] = null,
        ["MSBuildSDKsPath"] = null,
        ["MSBuildLoadMicrosoftTargetsReadOnly"] = null,

        // No process stays behind: it would hold the output open, and files of directories that are about to be deleted.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = "false",

        // Whether a known vulnerability was published today is not what these tests are about.
        ["NuGetAudit"] = "false",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>For Native AOT publishing: the same code in less than half of the time.</summary>
    public static IReadOnlyList<string> WithoutNativeSymbols { get; } = ["-p:NativeDebugSymbols=false", "-p:StripSymbols=false"];

    /// <summary>Runs it to its end and fails where it fails, or where it warns.</summary>
    public static async Task RunAsync(
        string directory, IEnumerable<string> arguments, params IEnumerable<KeyValuePair<string, string?>> environment)
    {
        string[] all = [.. arguments];
        string name = $"dotnet {all[0]}";
        await using ChildProcess process = await ChildProcess.StartAsync(
            name, "dotnet", all, directory, [.. s_environment, .. environment]);
        int exitCode = await process.WaitForExitAsync(s_limit);
        Assert.True(exitCode == 0, $"{name} in {directory} ended with exit code {exitCode}.{Environment.NewLine}{process.Output}");
        Assert.DoesNotContain(
            process.Output.Lines.Where(line => !line.StartsWith("harness: ", StringComparison.Ordinal)),
            line => line.Contains(": warning ", StringComparison.Ordinal) || line.Contains("warning IL", StringComparison.Ordinal));
    }
}

namespace Experiments.Cli.Tests.Support;

/// <summary>The tool as a process of its own, as built with the tests, asking one server.</summary>
internal sealed class CliTool(string url, string? environmentName = null)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>What the tool's runs get beside this process's environment; null removes.</summary>
    public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal)
    {
        ["EXPERIMENTS_URL"] = url,
        ["EXPERIMENTS_ENV"] = environmentName,
        ["EXPERIMENTS_ACTOR"] = null,
        ["NO_COLOR"] = null,
        ["TERM"] = "xterm",
    };

    private static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Assembly => Repository.BuiltAssembly("server/Experiments.Cli");

    public Task<CliResult> RunAsync(params string[] arguments) => RunAsync(Dotnet, [Assembly, .. arguments]);

    /// <summary>With a text as standard input.</summary>
    public Task<CliResult> RunWithInputAsync(string input, params string[] arguments) =>
        RunAsync("/bin/sh", ["-c", "input=$1; shift; printf %s \"$input\" | exec \"$@\"", "sh", input, Dotnet, Assembly, .. arguments]);

    /// <summary>On a terminal, where standard output and standard error are one, with what someone types.</summary>
    public Task<CliResult> RunOnTerminalAsync(string typed, params string[] arguments)
    {
        string command = string.Join(' ', new[] { Dotnet, Assembly }.Concat(arguments).Select(static part => $"'{part}'"));
        return RunAsync("/bin/sh", ["-c", "printf %s \"$1\" | script --quiet --return --command \"$2\" /dev/null", "sh", typed, command]);
    }

    /// <summary>Starts it and returns at once.</summary>
    public Task<ChildProcess> StartAsync(params string[] arguments) =>
        ChildProcess.StartAsync("experiments", Dotnet, [Assembly, .. arguments], Path.GetTempPath(), Variables);

    private async Task<CliResult> RunAsync(string fileName, string[] arguments)
    {
        await using ChildProcess process = await ChildProcess.StartAsync("experiments", fileName, arguments, Path.GetTempPath(), Variables);
        int exitCode = await process.WaitForExitAsync(s_limit);
        return new CliResult(exitCode, Lines(process, "out: "), Lines(process, "err: "));
    }

    private static string[] Lines(ChildProcess process, string prefix) =>
        [.. process.Output.Lines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)).Select(line => line[prefix.Length..])];
}

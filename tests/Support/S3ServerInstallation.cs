using Xunit.Sdk;

namespace Experiments.Tests.Support;

/// <summary>Where the S3 server (moto, a python program) is. <c>tests/install.sh</c> puts it there; see that file.</summary>
internal static class S3ServerInstallation
{
    /// <summary>Debian's python, for which <c>tests/install.sh</c> installed the packages that moto needs.</summary>
    public const string Python = "/usr/bin/python3";

    private const string Variable = "EXPERIMENTS_MOTO";

    private static readonly Lazy<Task<string>> s_directory = new(FindAsync);

    /// <summary>
    /// Directory for PYTHONPATH: what <c>tests/run.sh</c> says, else what <c>tests/install.sh</c> answers, which installs it
    /// first if need be.
    /// </summary>
    public static Task<string> DirectoryAsync() => s_directory.Value;

    private static async Task<string> FindAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } directory)
        {
            return File.Exists(Path.Combine(directory, "moto", "server.py"))
                ? directory
                : throw new XunitException($"{Variable}={directory} has no moto/server.py. Run tests/run.sh, or unset it.");
        }

        string script = Repository.PathOf("tests", "install.sh");
        await using ChildProcess install = await ChildProcess.StartAsync("tests/install.sh", "bash", [script], Repository.Root);
        int exitCode = await install.WaitForExitAsync(TimeSpan.FromMinutes(10));
        string? answer = install.Output.Lines.LastOrDefault(line => line.StartsWith("out: ", StringComparison.Ordinal))?["out: ".Length..];
        return exitCode == 0 && answer is not null
            ? answer
            : throw new XunitException(
                $"The S3 server is not installed: run tests/install.sh as root or with sudo.{Environment.NewLine}{install.Output}");
    }
}

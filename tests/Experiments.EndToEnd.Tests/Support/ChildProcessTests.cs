namespace Experiments.EndToEnd.Tests.Support;

/// <summary>Processes that tests start never outlive the tests, and never end because of how they were started.</summary>
public sealed class ChildProcessTests
{
    private const string ChildLine = "out: child ";
    private const string ExitsWith3OnTerm = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done";

    [Fact]
    public async Task Start_ThreadThatAskedEnds_ProcessLives()
    {
        TaskCompletionSource<(ChildProcess, string)> started = new();
        new Thread(() => started.SetResult(StartOnThisThread())).Start();
        (ChildProcess asked, string threadDirectory) = await started.Task;
        await using ChildProcess process = asked;

        await Eventually.HoldsAsync(() => !Directory.Exists(threadDirectory), "the end of the thread");

        Assert.Equal(3, await process.StopAsync()); // 137 had the kernel killed it with the thread
    }

    [Fact]
    public async Task Start_StartingProcessIsKilled_ProcessEndsToo()
    {
        // What the harness does, in miniature: a host that is killed, and its child started with the same setpriv arguments.
        // The child says its own id, so that it is past setpriv when the host is killed.
        await using ChildProcess host = await Shell("setpriv --pdeathsig KILL bash -c 'echo child $$; exec sleep 600' & wait");
        await Eventually.HoldsAsync(() => host.Output.Contains(ChildLine), "the child's process id");
        int child = int.Parse(host.Output.Lines.Single(line => line.StartsWith(ChildLine, StringComparison.Ordinal))[ChildLine.Length..]);

        await host.KillAsync();

        await Eventually.HoldsAsync(() => !IsAlive(child), "the child's end");
    }

    [Fact]
    public async Task Stop_ProcessIsSuspended_ResumesItAndReturnsItsExitCode()
    {
        await using ChildProcess process = await Shell(ExitsWith3OnTerm);
        await Eventually.HoldsAsync(() => process.Output.Contains("out: ready"), "the first line");
        process.Suspend();

        int exitCode = await process.StopAsync();

        Assert.Equal(3, exitCode);
        Assert.Contains("out: bye", process.Output.Lines);
    }

    [Fact]
    public async Task Kill_ProcessIsSuspended_EndsItWith137()
    {
        await using ChildProcess process = await Shell("exec sleep 600");
        process.Suspend();

        await process.KillAsync();

        Assert.Equal(137, process.ExitCode);
    }

    private static (ChildProcess Process, string ThreadDirectory) StartOnThisThread()
    {
        ChildProcess process = Shell(ExitsWith3OnTerm).GetAwaiter().GetResult();
        Eventually.HoldsAsync(() => process.Output.Contains("out: ready"), "the first line").GetAwaiter().GetResult();
        return (process, $"/proc/{File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)!.Name}");
    }

    private static Task<ChildProcess> Shell(string script) => ChildProcess.StartAsync("shell", "bash", ["-c", script], Path.GetTempPath());

    // A zombie, killed but not yet waited for by its new parent, has no memory map.
    private static bool IsAlive(int processId) =>
        File.Exists($"/proc/{processId}/maps") && File.ReadAllText($"/proc/{processId}/maps").Length > 0;
}

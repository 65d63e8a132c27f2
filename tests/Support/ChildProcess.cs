using System.Diagnostics;
using Xunit.Sdk;

namespace Experiments.Tests.Support;

/// <summary>
/// A program running as a process of its own, which ends with the test process at the latest. Everything it prints is kept
/// and shown by every failure raised here. Members other than <see cref="StartAsync"/> need a started process.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <value>How long a process may take to end: 60 s.</value>
    public static TimeSpan ExitLimit { get; } = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ChildProcess(string name, Process process, ProcessOutput output)
    {
        Name = name;
        _process = process;
        Output = output;
        Id = process.Id;
    }

    /// <summary>What failures call it.</summary>
    public string Name { get; }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>What it has printed so far; readable after its end and after dispose.</summary>
    public ProcessOutput Output { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Exit code of an ended process; 128 + signal number when a signal ended it (137 after <see cref="Kill"/>).</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program. Returns as soon as the process exists.</summary>
    /// <param name="name">What failures call it.</param>
    /// <param name="fileName">A program on the PATH, or a path.</param>
    /// <param name="arguments">Passed as they are, without a shell.</param>
    /// <param name="workingDirectory">Its current directory.</param>
    /// <param name="environment">Added to this process's environment; a null value removes the variable.</param>
    /// <param name="output">Where its lines go; null is a new <see cref="ProcessOutput"/>.</param>
    public static async Task<ChildProcess> StartAsync(
        string name,
        string fileName,
        IEnumerable<string> arguments,
        string workingDirectory,
        IEnumerable<KeyValuePair<string, string?>>? environment = null,
        ProcessOutput? output = null)
    {
        ProcessStartInfo start = new(fileName, arguments)
        {
            WorkingDirectory = workingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string variable, string? value) in environment ?? [])
        {
            start.Environment[variable] = value;
        }

        output ??= new ProcessOutput();
        output.Add("harness", $"{fileName} {string.Join(' ', start.ArgumentList)}");
        Process process = await ProcessStarter.StartAsync(start);
        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => output.Add("out", line.Data);
        process.ErrorDataReceived += (_, line) => output.Add("err", line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(name, process, output);
    }

    /// <summary>SIGKILL, and waits until the process is gone. Works on a suspended process; does nothing on an ended one.</summary>
    public async Task KillAsync()
    {
        Send(ProcessSignal.Kill);
        await WaitForExitAsync();
    }

    /// <summary>SIGKILL without waiting: the process may live for another moment.</summary>
    public void Kill() => Send(ProcessSignal.Kill);

    /// <summary>SIGSTOP: it stays, keeps its connections and port, and answers nothing.</summary>
    public void Suspend() => Send(ProcessSignal.Suspend);

    /// <summary>SIGCONT.</summary>
    public void Resume() => Send(ProcessSignal.Resume);

    /// <summary>SIGTERM, and waits until the process is gone; a suspended process is resumed first.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync(TimeSpan? within = null)
    {
        Send(ProcessSignal.Resume);
        Send(ProcessSignal.Terminate);
        return WaitForExitAsync(within);
    }

    /// <summary>SIGINT, and waits until the process is gone.</summary>
    public Task<int> InterruptAsync()
    {
        Send(ProcessSignal.Interrupt);
        return WaitForExitAsync();
    }

    /// <summary>Waits until the process has ended and all that it printed is in <see cref="Output"/>.</summary>
    /// <param name="within">Null is <see cref="ExitLimit"/>. A process that takes longer is killed and the test fails.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan? within = null)
    {
        using CancellationTokenSource deadline = new(within ?? ExitLimit);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            return _process.ExitCode;
        }
        catch (OperationCanceledException exception)
        {
            Send(ProcessSignal.Kill);
            throw new XunitException(
                $"{Name} did not end within {(within ?? ExitLimit).TotalSeconds} s.{Environment.NewLine}{Output}", exception);
        }
    }

    /// <summary>Kills the process if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Send(ProcessSignal signal)
    {
        if (!_process.HasExited)
        {
            ProcessSignals.Send(Id, signal);
        }
    }
}

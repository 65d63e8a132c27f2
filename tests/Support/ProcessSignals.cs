using System.Runtime.InteropServices;

namespace Experiments.Tests.Support;

/// <summary>Sends <see cref="ProcessSignal"/>.</summary>
internal static class ProcessSignals
{
    private const int NoSuchProcess = 3; // ESRCH

    /// <summary>Sends a signal to a process that this process started; does nothing when it ended a moment ago.</summary>
    public static void Send(int processId, ProcessSignal signal)
    {
        if (Kill(processId, (int)signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw new InvalidOperationException($"Signal {signal} to process {processId}: errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}

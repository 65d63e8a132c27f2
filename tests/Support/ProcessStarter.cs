using System.Collections.Concurrent;
using System.Diagnostics;

namespace Experiments.Tests.Support;

/// <summary>
/// Starts operating system processes that end with this one, however it ends: the kernel kills them
/// (<c>setpriv --pdeathsig KILL</c>), so a crashed or killed test host leaves no server behind.
/// </summary>
internal static class ProcessStarter
{
    // Linux ties the signal to the thread that started the child, not to its process: started from a pool thread, a server
    // would be killed when that thread retires. So all are started by one thread that lives as long as the process.
    private static readonly BlockingCollection<Action> s_requests = StartThread();

    /// <summary>Starts a program. Its process id is that of the program itself.</summary>
    public static Task<Process> StartAsync(ProcessStartInfo start)
    {
        start.ArgumentList.Insert(0, "--pdeathsig");
        start.ArgumentList.Insert(1, "KILL");
        start.ArgumentList.Insert(2, start.FileName);
        start.FileName = "setpriv";
        TaskCompletionSource<Process> started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        s_requests.Add(() => Start(start, started));
        return started.Task;
    }

    private static void Start(ProcessStartInfo start, TaskCompletionSource<Process> started)
    {
        try
        {
            started.SetResult(Process.Start(start)!);
        }
        catch (Exception exception)
        {
            started.SetException(exception);
        }
    }

    private static BlockingCollection<Action> StartThread()
    {
        BlockingCollection<Action> requests = [];
        Thread thread = new(() =>
        {
            foreach (Action request in requests.GetConsumingEnumerable())
            {
                request();
            }
        })
        { IsBackground = true, Name = nameof(ProcessStarter) };
        thread.Start();
        return requests;
    }
}

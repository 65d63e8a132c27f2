using System.Threading.Channels;

namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>
/// Requests that come at a steady rate whether those before them were answered or not, as those of independent users do. The time of each counts from
/// the moment at which it was due, so that a server that stands still is not asked less, and what waits for a free connection is not forgotten.
/// </summary>
/// <param name="ask">Makes one.</param>
internal sealed class OpenLoop(Func<Task> ask)
{
    private const int Connections = 64;

    // What is due is sent in bunches: this much at most is added to a latency.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>How many a second it can be at most: as many callers as there are connections, each of whom asks again as soon as it was answered.</summary>
    public async Task<double> MeasureSaturationAsync(TimeSpan time)
    {
        long count = 0;
        long start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (TimeProvider.System.GetElapsedTime(start) < time)
            {
                await ask();
                Interlocked.Increment(ref count);
            }
        })));
        return count / TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    }

    /// <param name="answered">Gets when each was due, since the start, and how long after that its answer was there.</param>
    public async Task RunAsync(double perSecond, TimeSpan time, Action<TimeSpan, TimeSpan> answered)
    {
        var due = Channel.CreateUnbounded<TimeSpan>(new UnboundedChannelOptions { SingleWriter = true });
        long start = TimeProvider.System.GetTimestamp();
        Task[] callers = [.. Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            await foreach (TimeSpan at in due.Reader.ReadAllAsync())
            {
                await ask();
                answered(at, TimeProvider.System.GetElapsedTime(start) - at);
            }
        }))];

        using var timer = new PeriodicTimer(Tick);
        long total = (long)(perSecond * time.TotalSeconds);
        for (long sent = 0; sent < total;)
        {
            await timer.WaitForNextTickAsync();
            for (long now = Math.Min(total, (long)(TimeProvider.System.GetElapsedTime(start).TotalSeconds * perSecond)); sent < now; sent++)
            {
                due.Writer.TryWrite(TimeSpan.FromSeconds(sent / perSecond));
            }
        }

        due.Writer.Complete();
        await Task.WhenAll(callers);
    }
}

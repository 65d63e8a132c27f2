using Experiments.Client.Snapshots;
using Experiments.Client.Sources;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Client.Tests.Sources;

/// <summary>The loop: it ends only on cancellation, and then at once.</summary>
public sealed class SnapshotPollerLoopTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly PollerRig _rig = new();
    private readonly CancellationTokenSource _stop = new();

    [Fact]
    public async Task RunAsync_EachInterval_LooksOnce()
    {
        Task run = Run();
        await ReadsAsync(1);
        _rig.Time.Advance(s_interval * 0.5);
        Assert.Equal(1, _rig.Source.PointerReads);
        await TurnUntilAsync(() => _rig.Source.PointerReads >= 5, "five looks");
        await StopAsync(run);
    }

    [Fact]
    public async Task RunAsync_SnapshotPublishedLater_IsLoaded()
    {
        Task run = Run();
        await ReadsAsync(1);
        _rig.Source.Publish(1);
        await TurnUntilAsync(() => _rig.Version == 1, "version 1");
        _rig.Source.Publish(2);
        await TurnUntilAsync(() => _rig.Version == 2, "version 2");
        await StopAsync(run);
    }

    [Fact]
    public async Task RunAsync_AnyException_GoesOnAndRecovers()
    {
        Exception[] exceptions =
        [
            new IOException("x"), new UnauthorizedAccessException(), new InvalidOperationException(), new ArgumentException("x"),
            new OperationCanceledException(), new TaskCanceledException(), new TimeoutException(), new FormatException(),
            new AggregateException(), new HttpRequestException(), new InvalidDataException("too large"),
        ];
        int next = 0;
        _rig.Source.Publish(1);
        _rig.Source.Answer = (_, _) => next < exceptions.Length ? throw exceptions[next++] : Task.FromResult<SourceObject?>(null);
        Task run = Run();
        await TurnUntilAsync(() => _rig.Version == 1, "version 1 after all exceptions");
        Assert.Equal(exceptions.Length, next);
        Assert.False(run.IsCompleted);
        await StopAsync(run);
    }

    [Fact]
    public async Task RunAsync_LoggerThatThrows_GoesOn()
    {
        var holder = new SnapshotHolder();
        var poller = new SnapshotPoller(SnapshotJson.Environment, _rig.Source, holder, null, _rig.Time, new ThrowingLogger());
        _rig.Source.PutPointer("not a pointer");
        Task run = poller.RunAsync(Schedule, _stop.Token);
        await TurnUntilAsync(() => _rig.Source.PointerReads >= 3, "three looks");
        Assert.False(run.IsCompleted);
        _rig.Source.Publish(1);
        await TurnUntilAsync(() => holder.Current?.Version == 1, "version 1");
        await StopAsync(run);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_FailuresInARow_WaitUpToOneInterval(bool rejected)
    {
        if (rejected)
        {
            _rig.Source.PutPointer("{}");
        }
        else
        {
            _rig.Source.Answer = (_, _) => throw new IOException("down");
        }

        // Each read also has a timer, for its time-out.
        Task run = Run(new Middle());
        await TurnUntilAsync(() => LoopWaits().Length >= 5, "five waits");
        await StopAsync(run);
        Assert.Equal(new[] { 0.225, 0.45, 0.9, 0.9, 0.9 }.Select(share => s_interval * share), LoopWaits().Take(5));
    }

    [Fact]
    public async Task RunAsync_CancelledWhileWaiting_EndsAtOnce()
    {
        Task run = Run();
        await ReadsAsync(1);
        await StopAsync(run);
        Assert.Empty(_rig.Warnings);
    }

    [Fact]
    public async Task RunAsync_CancelledDuringARead_EndsAtOnce()
    {
        _rig.Source.Answer = (_, cancellation) => new TaskCompletionSource<SourceObject?>().Task.WaitAsync(cancellation);
        Task run = Run();
        await ReadsAsync(1);
        await StopAsync(run);
        Assert.Empty(_rig.Warnings);
    }

    [Fact]
    public async Task RunAsync_CancelledBefore_LooksNever()
    {
        await _stop.CancelAsync();
        await Run().WaitAsync(Eventually.DefaultWithin);
        Assert.Empty(_rig.Source.Reads);
    }

    private static PollSchedule Schedule => new(s_interval, new Random(1));

    private Task Run(Random? random = null) => _rig.Poller.RunAsync(new PollSchedule(s_interval, random ?? new Random(1)), _stop.Token);

    private async Task StopAsync(Task run)
    {
        await _stop.CancelAsync();
        await run.WaitAsync(Eventually.DefaultWithin);
    }

    private Task ReadsAsync(int count) => Eventually.HoldsAsync(() => _rig.Source.PointerReads == count, $"{count} looks");

    private TimeSpan[] LoopWaits()
    {
        // Timers come in pairs: the read's, then the wait's.
        TimeSpan[] waits = [.. _rig.Time.Waits];
        return [.. waits.Where((_, i) => i % 2 == 1)];
    }

    private Task TurnUntilAsync(Func<bool> condition, string expectation) => Eventually.HoldsAsync(
        () =>
        {
            _rig.Time.Advance(s_interval);
            return condition();
        },
        expectation);

    private sealed class Middle : Random
    {
        public override double NextDouble() => 0.5;
    }

    private sealed class ThrowingLogger : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            throw new InvalidOperationException("the log is full");
    }
}

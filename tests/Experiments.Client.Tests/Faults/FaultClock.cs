using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Faults;

/// <summary>A clock that tests turn from one event to the next. It knows which timers run, and its wall clock can jump while its
/// timestamps and timers go on.</summary>
internal sealed class FaultClock : TimeProvider
{
    // Not a base class: its timers would follow the jumps of the wall clock.
    private readonly FakeTimeProvider _inner = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Timer> _running = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _jumpTicks;
    private int _limitsReached;

    /// <summary>Loops that wait for their next look. What limits a read is the timer of a token source and does not count.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _running.Count(timer => !timer.IsLimit);
            }
        }
    }

    /// <summary>How many reads were given up.</summary>
    public int LimitsReached => Volatile.Read(ref _limitsReached);

    public override DateTimeOffset GetUtcNow() => _inner.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _jumpTicks));

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override long GetTimestamp() => _inner.GetTimestamp();

    public void Advance(TimeSpan by) => _inner.Advance(by);

    /// <summary>Somebody sets the wall clock.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumpTicks, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, state is CancellationTokenSource);
        timer.Inner = _inner.CreateTimer(static fired => ((Timer)fired!).Fire(), timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Turns the clock to the next timer's time, but not by more than the limit; without a timer not at all.</summary>
    /// <returns>By how much.</returns>
    public TimeSpan AdvanceToNext(TimeSpan limit)
    {
        TimeSpan step;
        lock (_lock)
        {
            if (_running.Count == 0)
            {
                return TimeSpan.Zero;
            }

            step = TimeSpan.FromTicks(_running.Min(timer => timer.DueTimestamp) - GetTimestamp());
        }

        step = step > limit ? limit : step > TimeSpan.Zero ? step : TimeSpan.Zero;
        Advance(step);
        return step;
    }

    /// <summary>Waits, in real time, until a condition on what changes with timers holds.</summary>
    public async Task UntilAsync(Func<bool> condition, string expectation)
    {
        // Also looks again without a change: the condition may know more than this clock.
        using var deadline = new CancellationTokenSource(Eventually.DefaultWithin);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        Task<bool>? tick = null;
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                changed = _changed.Task;
            }

            if (condition())
            {
                return;
            }

            Assert.False(deadline.IsCancellationRequested, $"Expected within {Eventually.DefaultWithin.TotalSeconds} s: {expectation}");
            tick ??= timer.WaitForNextTickAsync().AsTask();
            if (await Task.WhenAny(changed, tick) == tick)
            {
                tick = null;
            }
        }
    }

    private void Note(Timer timer, bool runs)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            _ = runs ? _running.Add(timer) : _running.Remove(timer);
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    private sealed class Timer(FaultClock clock, TimerCallback callback, object? state, bool isLimit) : ITimer
    {
        public ITimer Inner { get; set; } = null!;

        public bool IsLimit { get; } = isLimit;

        public long DueTimestamp { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            DueTimestamp = clock.GetTimestamp() + dueTime.Ticks;
            clock.Note(this, dueTime >= TimeSpan.Zero);
            return Inner.Change(dueTime, period);
        }

        public void Fire()
        {
            clock.Note(this, runs: false);
            if (IsLimit)
            {
                Interlocked.Increment(ref clock._limitsReached);
            }

            callback(state);
        }

        public void Dispose()
        {
            Inner.Dispose();
            clock.Note(this, runs: false);
        }

        public ValueTask DisposeAsync()
        {
            clock.Note(this, runs: false);
            return Inner.DisposeAsync();
        }
    }
}

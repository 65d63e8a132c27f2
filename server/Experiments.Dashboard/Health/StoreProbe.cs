namespace Experiments.Dashboard.Health;

/// <summary>Looks at something that may take long or hang, at most one look at a time, however many pages ask. Thread-safe.</summary>
internal sealed class StoreProbe<T>(Func<CancellationToken, Task<T>> look, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<T>? _looking;
    private long _startedAt;

    /// <summary>What the last look found, where that was just now; else what a new one does.</summary>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public Task<T> ReadAsync()
    {
        lock (_lock)
        {
            if (_looking is null || (_looking.IsCompleted && time.GetElapsedTime(_startedAt) > FreshFor))
            {
                _startedAt = time.GetTimestamp();
                _looking = Task.Run(LookAsync);
            }

            return _looking.WaitAsync(AnswerLimit, time);
        }
    }

    private async Task<T> LookAsync()
    {
        using var limit = new CancellationTokenSource(LookLimit, time);
        return await look(limit.Token);
    }
}

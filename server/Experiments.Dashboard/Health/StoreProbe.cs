namespace Experiments.Dashboard.Health;

/// <summary>Looks at something that may take long or hang, at most one look at a time, however many pages ask. Nobody waits while there is
/// an answer of a moment ago. Thread-safe.</summary>
internal sealed class StoreProbe<T>(Func<CancellationToken, Task<T>> look, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan UsableFor = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private Task<T>? _last;
    private long _lastAt;
    private Task<T>? _looking;
    private long _startedAt;

    /// <summary>What a look found a moment ago; else what a new one finds.</summary>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public Task<T> ReadAsync()
    {
        lock (_lock)
        {
            if (_looking is { IsCompleted: true })
            {
                (_last, _lastAt, _looking) = (_looking, _startedAt, null);
            }

            if (_looking is null && (_last is null || time.GetElapsedTime(_lastAt) > FreshFor))
            {
                _startedAt = time.GetTimestamp();
                _looking = Task.Run(LookAsync);
            }

            return _last is not null && (_looking is null || time.GetElapsedTime(_lastAt) < UsableFor) ? _last : _looking!.WaitAsync(AnswerLimit, time);
        }
    }

    private async Task<T> LookAsync()
    {
        using var limit = new CancellationTokenSource(LookLimit, time);
        return await look(limit.Token);
    }
}

namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Allows so many log lines in a window of time: whoever makes up names must not be able to fill the log. Thread-safe.</summary>
internal sealed class LogBudget(int maxLines, TimeSpan window, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private int _lines;

    public bool TryTake()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_windowStart) >= window)
            {
                _windowStart = time.GetTimestamp();
                _lines = 0;
            }

            return _lines++ < maxLines;
        }
    }
}

namespace Experiments.Control.Publishing;

/// <summary>What a loop that tries again and again says in the log: a problem once, and not each second for as long as it lasts. Not thread-safe.</summary>
internal sealed class LastProblem(TimeProvider time)
{
    /// <summary>After which the same is worth saying again.</summary>
    public static readonly TimeSpan Reminder = TimeSpan.FromMinutes(5);

    private string? _message;
    private long _saidAt;

    /// <summary>Whether this is another problem than the last one, or was last said long ago.</summary>
    public bool IsNews(string message)
    {
        if (message == _message && time.GetElapsedTime(_saidAt) < Reminder)
        {
            return false;
        }

        _message = message;
        _saidAt = time.GetTimestamp();
        return true;
    }

    /// <summary>All is well: the next problem is news whatever it is.</summary>
    public void Clear() => _message = null;
}

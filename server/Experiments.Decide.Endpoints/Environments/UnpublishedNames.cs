namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Names under which nothing was found a moment ago, so that asking for them again does not read the store again. Bounded in
/// time and in number. Thread-safe.</summary>
/// <param name="lifetime">How long a name is remembered.</param>
/// <param name="time">The clock.</param>
internal sealed class UnpublishedNames(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>The oldest is forgotten first.</summary>
    public const int MaxCount = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _addedAt = new(StringComparer.Ordinal);

    // Every name lives equally long, so the order of adding is the order of expiry.
    private readonly Queue<string> _oldestFirst = new();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _addedAt.Count;
            }
        }
    }

    public bool Contains(string name)
    {
        lock (_lock)
        {
            ForgetExpired();
            return _addedAt.ContainsKey(name);
        }
    }

    public void Add(string name)
    {
        lock (_lock)
        {
            ForgetExpired();
            if (!_addedAt.TryAdd(name, time.GetTimestamp()))
            {
                return;
            }

            _oldestFirst.Enqueue(name);
            if (_oldestFirst.Count > MaxCount)
            {
                _addedAt.Remove(_oldestFirst.Dequeue());
            }
        }
    }

    /// <summary>Forgets a name before its time: something has been published under it.</summary>
    public void Remove(string name)
    {
        lock (_lock)
        {
            // Its place in the queue stays and is passed over in its turn.
            _addedAt.Remove(name);
        }
    }

    private void ForgetExpired()
    {
        while (_oldestFirst.TryPeek(out string? oldest)
            && (!_addedAt.TryGetValue(oldest, out long addedAt) || time.GetElapsedTime(addedAt) >= lifetime))
        {
            _addedAt.Remove(_oldestFirst.Dequeue());
        }
    }
}

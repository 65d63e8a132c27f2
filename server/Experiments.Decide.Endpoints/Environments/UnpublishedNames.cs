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
    private Queue<string> _oldestFirst = new();

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
            if (_addedAt.Remove(name))
            {
                // Rare, so it may look at all of them. Were its place left in the queue, adding the name again would break the order.
                _oldestFirst = new Queue<string>(_oldestFirst.Where(other => other != name));
            }
        }
    }

    private void ForgetExpired()
    {
        while (_oldestFirst.TryPeek(out string? oldest) && time.GetElapsedTime(_addedAt[oldest]) >= lifetime)
        {
            _addedAt.Remove(_oldestFirst.Dequeue());
        }
    }
}

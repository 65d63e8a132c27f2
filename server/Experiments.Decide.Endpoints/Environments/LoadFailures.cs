namespace Experiments.Decide.Endpoints.Environments;

/// <summary>Why environments could not be loaded that somebody has asked for lately. Bounded in time and in number: names may be made up.
/// Thread-safe.</summary>
/// <param name="lifetime">How long one is remembered.</param>
/// <param name="time">The clock.</param>
internal sealed class LoadFailures(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>Those who come after that many are not remembered, so that made-up names do not push out real ones.</summary>
    public const int MaxCount = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Problem, long At)> _failures = new(StringComparer.Ordinal);

    public void Add(string name, string problem)
    {
        lock (_lock)
        {
            ForgetExpired();
            if (_failures.Count < MaxCount || _failures.ContainsKey(name))
            {
                _failures[name] = (problem, time.GetTimestamp());
            }
        }
    }

    public void Remove(string name)
    {
        lock (_lock)
        {
            _failures.Remove(name);
        }
    }

    public KeyValuePair<string, string>[] Read()
    {
        lock (_lock)
        {
            ForgetExpired();
            return [.. _failures.Select(static failure => KeyValuePair.Create(failure.Key, failure.Value.Problem))];
        }
    }

    private void ForgetExpired()
    {
        // Removing while going through it is allowed for this dictionary.
        foreach ((string name, (string _, long at)) in _failures)
        {
            if (time.GetElapsedTime(at) >= lifetime)
            {
                _failures.Remove(name);
            }
        }
    }
}

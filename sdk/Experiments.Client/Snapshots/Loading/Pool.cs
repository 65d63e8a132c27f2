namespace Experiments.Client.Snapshots.Loading;

/// <summary>Numbers values from 0 on; the same value has the same number.</summary>
internal sealed class Pool<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly List<T> _values = [];
    private readonly Dictionary<T, int> _numbers = new(comparer);

    /// <param name="value">Maybe a new one.</param>
    /// <param name="number">Of the value.</param>
    /// <returns>Whether it is a new one.</returns>
    public bool TryAdd(T value, out int number)
    {
        if (_numbers.TryGetValue(value, out number))
        {
            return false;
        }

        number = _values.Count;
        _values.Add(value);
        _numbers.Add(value, number);
        return true;
    }

    public int Add(T value)
    {
        TryAdd(value, out int number);
        return number;
    }

    public T[] ToArray() => [.. _values];
}

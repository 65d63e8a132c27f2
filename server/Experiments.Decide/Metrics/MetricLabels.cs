namespace Experiments.Decide.Metrics;

/// <summary>Compares labels in their order. A span of them finds what an array of the same is the key of, so that nothing is allocated to look.</summary>
internal sealed class MetricLabels
    : IEqualityComparer<KeyValuePair<string, object?>[]>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    private MetricLabels()
    {
    }

    public static MetricLabels Comparer { get; } = new();

    public bool Equals(KeyValuePair<string, object?>[]? x, KeyValuePair<string, object?>[]? y) => AreSame(x, y);

    public int GetHashCode(KeyValuePair<string, object?>[] obj) => HashOf(obj);

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other) => AreSame(alternate, other);

    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => HashOf(alternate);

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => [.. alternate];

    private static bool AreSame(ReadOnlySpan<KeyValuePair<string, object?>> left, ReadOnlySpan<KeyValuePair<string, object?>> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (int i = 0; i < left.Length; i++)
        {
            if (!string.Equals(left[i].Key, right[i].Key, StringComparison.Ordinal) || !object.Equals(left[i].Value, right[i].Value))
            {
                return false;
            }
        }

        return true;
    }

    private static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> labels)
    {
        HashCode hash = default;
        foreach (KeyValuePair<string, object?> label in labels)
        {
            hash.Add(label.Key, StringComparer.Ordinal);
            hash.Add(label.Value);
        }

        return hash.ToHashCode();
    }
}

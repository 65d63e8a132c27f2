namespace Experiments.Client.Snapshots.Loading;

/// <summary>The ids of an experiment's variants, as they stand in the JSON: allocations name them.</summary>
internal sealed class VariantIds
{
    // Up to this many, comparing one after another beats strings and their hashes.
    private const int LinearLimit = 8;

    private readonly List<TextToken> _ids = [];
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);

    public void Clear()
    {
        _ids.Clear();
        _byText.Clear();
    }

    public void Add(TextToken id) => _ids.Add(id);

    /// <summary>The first variant of this id; -1 where there is none.</summary>
    public int Find(TextToken id, ReadOnlySpan<byte> utf8Json)
    {
        if (_ids.Count > LinearLimit)
        {
            return Index(utf8Json).TryGetValue(id.Read(utf8Json), out int found) ? found : -1;
        }

        for (int i = 0; i < _ids.Count; i++)
        {
            if (AreEqual(_ids[i], id, utf8Json))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Built when the first allocation asks.</summary>
    private Dictionary<string, int> Index(ReadOnlySpan<byte> utf8Json)
    {
        if (_byText.Count == 0)
        {
            for (int i = 0; i < _ids.Count; i++)
            {
                _byText.TryAdd(_ids[i].Read(utf8Json), i);
            }
        }

        return _byText;
    }

    private static bool AreEqual(TextToken left, TextToken right, ReadOnlySpan<byte> utf8Json) => left.IsEscaped || right.IsEscaped
        ? string.Equals(left.Read(utf8Json), right.Read(utf8Json), StringComparison.Ordinal)
        : left.Raw(utf8Json).SequenceEqual(right.Raw(utf8Json));
}

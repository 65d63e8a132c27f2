using System.Globalization;
using System.Text;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>One slot for each attribute that a snapshot looks at, however many conditions do.</summary>
internal sealed class AttributeSlots
{
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _nameLookup;
    private readonly Dictionary<string, int> _byPath = new(StringComparer.Ordinal);

    private readonly LoadLimits _limits;

    public AttributeSlots(LoadLimits limits)
    {
        _limits = limits;
        _nameLookup = _byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public AttributeIndex Index { get; } = new();

    public int Lookup(ReadOnlySpan<char> name)
    {
        if (!_nameLookup.TryGetValue(name, out int slot))
        {
            slot = Index.Add(Taken(AttributePath.Lookup(InternedText.Of(name))));
            _nameLookup.TryAdd(name, slot);
        }

        return slot;
    }

    public int Exact(IReadOnlyList<string> segments)
    {
        string id = IdOf(segments);
        if (!_byPath.TryGetValue(id, out int slot))
        {
            slot = Index.Add(Taken(AttributePath.Exact(segments)));
            _byPath.Add(id, slot);
        }

        return slot;
    }

    /// <summary>A path from the element of a list, or from its length.</summary>
    public int Element(IEnumerable<string> segments) => Index.AddElement(AttributePath.Exact(segments));

    private AttributePath Taken(AttributePath path)
    {
        _limits.TakePath(path.Segments.Length);
        return path;
    }

    // Segments may hold any character, so a separator alone would not tell ["a", "b"] from ["a/b"].
    private static string IdOf(IReadOnlyList<string> segments)
    {
        var id = new StringBuilder();
        foreach (string segment in segments)
        {
            id.Append(CultureInfo.InvariantCulture, $"{segment.Length}:{segment}");
        }

        return id.ToString();
    }
}

using System.Globalization;

namespace Experiments.Client.Targeting;

/// <summary>
/// Where an attribute is in the context. A name is looked up whole first, as an attribute of the context; then, split at the dots, as a
/// walk through members of objects, elements of arrays (<c>tags.0</c>) and the length of arrays (<c>tags.length</c>). An exact path is
/// such a walk alone.
/// </summary>
internal sealed class AttributePath
{
    /// <summary>No context nests deeper (<see cref="DecisionContextJsonExtensions.MaxDepth"/>), so no longer walk finds anything.</summary>
    public const int MaxSegments = DecisionContextJsonExtensions.MaxDepth;

    private const string LengthSegment = "length";

    private AttributePath(string? name, Segment[] segments)
    {
        Name = name;
        Segments = segments;
        TopName = name ?? (segments.Length == 1 ? segments[0].Name : null);
    }

    /// <summary>Looked up whole; null for an exact path.</summary>
    public string? Name { get; }

    /// <summary>What finds it where attributes hold scalars only; null where nothing does.</summary>
    public string? TopName { get; }

    /// <summary>Empty where a name has no dot: the walk would be the look-up of the whole name again.</summary>
    public Segment[] Segments { get; }

    public static AttributePath Lookup(string name) => new(
        name, name.AsSpan().Count('.') is > 0 and < MaxSegments ? Array.ConvertAll(name.Split('.'), static s => new Segment(s)) : []);

    /// <param name="segments">At least one, but none for the element of a <c>some</c> itself.</param>
    public static AttributePath Exact(IEnumerable<string> segments) => new(null, [.. segments.Select(static s => new Segment(s))]);

    public override string ToString() => Name ?? string.Join('/', Segments.Select(static segment => segment.Name));

    internal readonly struct Segment
    {
        public Segment(string name)
        {
            Name = name;
            IsLength = name == LengthSegment;

            // Only the canonical form is an index: "00", "+1" and "-1" are names that no array has.
            Index = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index.ToString(CultureInfo.InvariantCulture) == name ? index : -1;
        }

        public string Name { get; }

        public bool IsLength { get; }

        public int Index { get; }
    }
}

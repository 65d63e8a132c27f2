using System.Globalization;

namespace Experiments.Client.Targeting;

/// <summary>
/// Name of an attribute as a condition gives it. It is looked up whole first, as an attribute of the context; then, split at the dots,
/// as a walk through members of objects, elements of arrays (<c>tags.0</c>) and the length of arrays (<c>tags.length</c>).
/// </summary>
internal sealed class AttributePath
{
    private const string LengthSegment = "length";

    public AttributePath(string name)
    {
        Name = name;
        Segments = name.Contains('.', StringComparison.Ordinal) ? Array.ConvertAll(name.Split('.'), static s => new Segment(s)) : [];
    }

    public string Name { get; }

    /// <summary>Empty where the name has no dot: the walk would be the look-up of the whole name again.</summary>
    public Segment[] Segments { get; }

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

using System.Diagnostics.CodeAnalysis;

namespace Experiments.Control.Splits;

/// <summary>The share of users that enter, as a whole number of buckets: 0 to 1 in steps of 0.0001.</summary>
internal readonly record struct Coverage
{
    private Coverage(int buckets) => Buckets = buckets;

    /// <summary>Everybody enters.</summary>
    public static Coverage Full { get; } = new(BucketRange.BucketCount);

    /// <summary>0 to 10,000.</summary>
    public int Buckets { get; }

    /// <summary>0 to 1, exact, without trailing zeros.</summary>
    public decimal Share => Buckets / (decimal)BucketRange.BucketCount;

    /// <param name="buckets">0 to 10,000.</param>
    public static Coverage FromBuckets(int buckets)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(buckets);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(buckets, BucketRange.BucketCount);
        return new Coverage(buckets);
    }

    /// <summary>Reads a JSON number as it was written, not as a double: 0.0003 * 10,000 truncated is 2.</summary>
    /// <param name="json">Its text in any form that JSON allows.</param>
    /// <param name="coverage">0 where the answer is false.</param>
    /// <param name="fault">What is wrong, in one clause that follows the name of the field.</param>
    public static bool TryParse(ReadOnlySpan<char> json, out Coverage coverage, [NotNullWhen(false)] out string? fault)
    {
        fault = CoverageText.Read(json, out int buckets);
        coverage = new Coverage(buckets);
        return fault is null;
    }
}

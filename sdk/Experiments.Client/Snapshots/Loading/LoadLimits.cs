namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// What a snapshot may ask for at most, so that no snapshot, however hostile, takes the stack, or memory and time out of proportion to its
/// size. All of it is far above what people write. The totals are kept by the parser alone: a small snapshot reaches none of them.
/// </summary>
internal sealed class LoadLimits
{
    /// <summary>How deep conditions may be inside of each other.</summary>
    public const int ConditionDepth = 200;

    /// <summary>How deep the conditions of <c>some</c> and <c>size</c> may be inside of each other: each multiplies the work.</summary>
    public const int NestedDepth = 8;

    /// <summary>How many earlier versions of a split may keep users out: each costs a look-up in the sticky store.</summary>
    public const int StickyMin = 1_000;

    /// <summary>Above this a double no longer tells neighbours apart: bounds above are decimal strings.</summary>
    public const long MaxNumberBound = 9_007_199_254_740_991;

    private const long MaxStickyChars = 16_000_000;
    private const long MaxStickyTargets = 500_000;
    private const long MaxPatternSteps = 4_000_000;
    private const long MaxPathSegments = 250_000;

    private long _stickyChars;
    private long _stickyTargets;
    private long _patternSteps;
    private long _pathSegments;

    /// <summary>Names of entries that keep users out, which are put together at load.</summary>
    public void TakeStickyNames(int keyLength, long count)
    {
        const int Overhead = 16;
        Take(ref _stickyChars, count * (keyLength + Overhead), MaxStickyChars, "the names of sticky entries below min take too much room");
    }

    /// <summary>Values of sticky entries that nobody listed: each variant of the flag.</summary>
    public void TakeStickyTargets(int count) =>
        Take(ref _stickyTargets, count, MaxStickyTargets, "too many variants in flags with too many sticky splits");

    public void TakePattern(int steps) =>
        Take(ref _patternSteps, steps, MaxPatternSteps, "the patterns of the operator matches are too large, taken together");

    public void TakePath(int segments) =>
        Take(ref _pathSegments, segments, MaxPathSegments, "the attributes have too many segments, taken together");

    private static void Take(ref long taken, long more, long max, string fault)
    {
        taken += more;
        if (taken > max)
        {
            JsonTokens.Refuse($"$: {fault}");
        }
    }
}

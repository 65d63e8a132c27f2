using System.Text;

namespace Experiments.Control.Differences;

/// <summary>Bucket ranges in one form, whatever ranges they are cut into.</summary>
internal static class BucketRanges
{
    /// <param name="ranges">Both ends inclusive; none overlap. Owners are keys, without line breaks.</param>
    public static string Merge(IEnumerable<(int Start, int End, string Owner)> ranges)
    {
        var merged = new StringBuilder();
        (int Start, int End, string Owner)? open = null;
        foreach ((int Start, int End, string Owner) range in ranges.OrderBy(static range => range.Start))
        {
            if (open is { } last && last.Owner == range.Owner && last.End + 1 == range.Start)
            {
                open = last with { End = range.End };
                continue;
            }

            Append(merged, open);
            open = range;
        }

        Append(merged, open);
        return merged.ToString();
    }

    private static void Append(StringBuilder merged, (int Start, int End, string Owner)? range)
    {
        if (range is { } set)
        {
            merged.Append(set.Start).Append("..").Append(set.End).Append(' ').Append(set.Owner).Append('\n');
        }
    }
}

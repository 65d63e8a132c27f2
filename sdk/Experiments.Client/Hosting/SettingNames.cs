namespace Experiments.Client.Hosting;

/// <summary>Which known key somebody may have meant who wrote another.</summary>
internal static class SettingNames
{
    private const int MaxDistance = 3;

    // No key is nearly as long, and the distance takes time by the square of it.
    private const int MaxLength = 64;

    /// <summary>The nearest by edit distance, at most three edits and not half of the key; else one with the same last part. Null where there is none.</summary>
    public static string? Nearest(string key, IEnumerable<string> known)
    {
        if (key.Length > MaxLength)
        {
            return null;
        }

        int limit = Math.Min(MaxDistance, (key.Length - 1) / 2);
        string? nearest = null;
        int least = limit + 1;
        string? sameEnd = null;
        foreach (string other in known)
        {
            int distance = Distance(key, other);
            if (distance < least)
            {
                (nearest, least) = (other, distance);
            }

            sameEnd ??= string.Equals(LastPart(key), LastPart(other), StringComparison.OrdinalIgnoreCase) ? other : null;
        }

        return nearest ?? sameEnd;
    }

    private static string LastPart(string key) => key[(key.LastIndexOf(':') + 1)..];

    /// <summary>Levenshtein's, without regard to case, as the configuration itself.</summary>
    private static int Distance(string left, string right)
    {
        int[] above = [.. Enumerable.Range(0, right.Length + 1)];
        int[] row = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = above[j - 1] + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above[j], row[j - 1]) + 1);
            }

            (above, row) = (row, above);
        }

        return above[right.Length];
    }
}

namespace Experiments.Dashboard.Models;

/// <summary>Two texts line by line: which lines the other does not have. What both have is left out where it is far from a change.</summary>
internal static class LineDifference
{
    // Around a change, so that one sees where it is.
    private const int Context = 3;

    // Pairs of lines that are compared; longer stretches are marked as changed whole.
    private const int MaxPairs = 4_000_000;

    public static (IReadOnlyList<DiffLine> Before, IReadOnlyList<DiffLine> After) Between(string before, string after)
    {
        string[] old = Lines(before);
        string[] now = Lines(after);
        (bool[] keptOld, bool[] keptNow) = Kept(old, now);
        return (Marked(old, keptOld), Marked(now, keptNow));
    }

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n');

    private static (bool[] Old, bool[] Now) Kept(string[] old, string[] now)
    {
        bool[] keptOld = new bool[old.Length];
        bool[] keptNow = new bool[now.Length];
        int start = 0;
        while (start < old.Length && start < now.Length && old[start] == now[start])
        {
            keptOld[start] = keptNow[start] = true;
            start++;
        }

        int end = 0;
        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
            keptOld[^end] = keptNow[^end] = true;
        }

        int rows = old.Length - start - end;
        int columns = now.Length - start - end;
        if ((long)rows * columns <= MaxPairs)
        {
            KeepLongest(old.AsSpan(start, rows), now.AsSpan(start, columns), keptOld.AsSpan(start, rows), keptNow.AsSpan(start, columns));
        }

        return (keptOld, keptNow);
    }

    /// <summary>One longest common subsequence.</summary>
    private static void KeepLongest(ReadOnlySpan<string> old, ReadOnlySpan<string> now, Span<bool> keptOld, Span<bool> keptNow)
    {
        int[,] length = new int[old.Length + 1, now.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = now.Length - 1; j >= 0; j--)
            {
                length[i, j] = old[i] == now[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < old.Length && j < now.Length;)
        {
            if (old[i] == now[j])
            {
                keptOld[i++] = keptNow[j++] = true;
            }
            else if (length[i + 1, j] >= length[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
    }

    private static List<DiffLine> Marked(string[] lines, bool[] kept)
    {
        List<DiffLine> marked = [];
        for (int i = 0; i < lines.Length;)
        {
            int end = i;
            while (end < lines.Length && kept[end])
            {
                end++;
            }

            if (end == i)
            {
                marked.Add(new DiffLine(lines[i++], IsChanged: true));
                continue;
            }

            // A stretch that both have: its ends, where they are beside a change.
            int head = i == 0 ? 0 : Context;
            int tail = end == lines.Length ? 0 : Context;
            int left = end - i - head - tail;
            if (left <= 1)
            {
                (head, left) = (end - i, 0);
                tail = 0;
            }

            marked.AddRange(lines[i..(i + head)].Select(static line => new DiffLine(line, IsChanged: false)));
            if (left > 0)
            {
                marked.Add(new DiffLine(FormattableString.Invariant($"{left} lines that are the same"), IsChanged: false, IsGap: true));
                marked.AddRange(lines[(end - tail)..end].Select(static line => new DiffLine(line, IsChanged: false)));
            }

            i = end;
        }

        return marked;
    }
}

namespace Experiments.Client.Targeting.Text;

/// <summary>Collects the items of one character class.</summary>
internal sealed class CodePointSetBuilder(bool ignoresCase)
{
    private readonly List<CodePointRange> _ranges = [];
    private readonly List<uint> _excludedCategories = [];
    private uint _categories;

    public void Add(int first, int last) => _ranges.Add(new CodePointRange(first, last));

    /// <param name="mask">Of <see cref="UnicodeCategories"/>.</param>
    /// <param name="isNegated">Adds what is not in these categories. Ignoring case, no form of such a letter is in them.</param>
    public void AddCategories(uint mask, bool isNegated)
    {
        if (!isNegated)
        {
            _categories |= mask;
        }
        else if (!_excludedCategories.Contains(mask))
        {
            _excludedCategories.Add(mask);
        }
    }

    /// <param name="pairs">Of <see cref="AsciiClasses"/>.</param>
    /// <param name="isNegated">Adds what is not in the class. Ignoring case, no form of such a letter is in it.</param>
    public void AddAscii(string pairs, bool isNegated)
    {
        if (isNegated)
        {
            AddAllBut(pairs);
            return;
        }

        for (int i = 0; i < pairs.Length; i += 2)
        {
            Add(pairs[i], pairs[i + 1]);
        }
    }

    /// <param name="isNegated">Whether the set is everything that was not added.</param>
    public CodePointSet Build(bool isNegated) => new([.. Merged()], _categories, [.. _excludedCategories], ignoresCase, isNegated);

    private void AddAllBut(string pairs)
    {
        CodePointSetBuilder excluded = new(ignoresCase);
        Span<int> forms = stackalloc int[CaseFolding.MaxForms];
        for (int i = 0; i < pairs.Length; i += 2)
        {
            for (int member = pairs[i]; member <= pairs[i + 1]; member++)
            {
                forms[0] = member;
                int count = ignoresCase ? CaseFolding.FormsOf(member, forms) : 1;
                foreach (int form in forms[..count])
                {
                    excluded.Add(form, form);
                }
            }
        }

        int next = 0;
        foreach (CodePointRange range in excluded.Merged())
        {
            if (next < range.First)
            {
                Add(next, range.First - 1);
            }

            next = range.Last + 1;
        }

        Add(next, CodePoints.Last);
    }

    private List<CodePointRange> Merged()
    {
        _ranges.Sort(static (one, other) => one.First.CompareTo(other.First));
        List<CodePointRange> merged = [];
        foreach (CodePointRange range in _ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
            {
                merged[^1] = new CodePointRange(merged[^1].First, Math.Max(merged[^1].Last, range.Last));
            }
            else
            {
                merged.Add(range);
            }
        }

        return merged;
    }
}

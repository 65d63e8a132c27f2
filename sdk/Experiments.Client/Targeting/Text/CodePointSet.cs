namespace Experiments.Client.Targeting.Text;

/// <summary>A character class. Immutable; testing a code point allocates nothing.</summary>
internal sealed class CodePointSet
{
    private const int BitsPerWord = 64;

    private readonly CodePointRange[] _ranges;
    private readonly uint _categories;
    private readonly uint[] _excludedCategories;
    private readonly bool _ignoresCase;
    private readonly bool _isNegated;

    // Nearly all texts are ASCII: for these the answer is worked out once.
    private readonly ulong _asciiLow;
    private readonly ulong _asciiHigh;

    /// <param name="ranges">In order, neither overlapping nor touching.</param>
    /// <param name="categories">Mask of the categories whose members belong to the set.</param>
    /// <param name="excludedCategories">For each mask everything that is not in these categories belongs to the set.</param>
    /// <param name="ignoresCase">Whether all forms of a letter belong to ranges and categories if one does.</param>
    /// <param name="isNegated">Whether the set is everything but what the other parameters say.</param>
    public CodePointSet(CodePointRange[] ranges, uint categories, uint[] excludedCategories, bool ignoresCase, bool isNegated)
    {
        _ranges = ranges;
        _categories = categories;
        _excludedCategories = excludedCategories;
        _ignoresCase = ignoresCase;
        _isNegated = isNegated;
        for (int i = 0; i < BitsPerWord; i++)
        {
            _asciiLow |= Compute(i) ? 1UL << i : 0;
            _asciiHigh |= Compute(BitsPerWord + i) ? 1UL << i : 0;
        }
    }

    public bool Contains(int codePoint)
    {
        if (codePoint < CodePoints.AsciiCount)
        {
            // The shift count is taken modulo 64.
            return (((codePoint < BitsPerWord ? _asciiLow : _asciiHigh) >> codePoint) & 1) != 0;
        }

        return Compute(codePoint);
    }

    private bool Compute(int codePoint)
    {
        if (!_ignoresCase)
        {
            return Lists([codePoint]) != _isNegated;
        }

        Span<int> forms = stackalloc int[CaseFolding.MaxForms];
        return Lists(forms[..CaseFolding.FormsOf(codePoint, forms)]) != _isNegated;
    }

    private bool Lists(ReadOnlySpan<int> forms)
    {
        uint categories = 0;
        bool needsCategories = _categories != 0 || _excludedCategories.Length > 0;
        foreach (int form in forms)
        {
            if (IsInRanges(form))
            {
                return true;
            }

            categories |= needsCategories ? UnicodeCategories.MaskOf(form) : 0;
        }

        if ((categories & _categories) != 0)
        {
            return true;
        }

        foreach (uint excluded in _excludedCategories)
        {
            if ((categories & excluded) == 0)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsInRanges(int codePoint)
    {
        int low = 0;
        int high = _ranges.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (codePoint < _ranges[middle].First)
            {
                high = middle - 1;
            }
            else if (codePoint > _ranges[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }
}

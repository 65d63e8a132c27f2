namespace Experiments.Client.Targeting.Text;

/// <summary>
/// Short decimal numbers in ASCII digits. Plain loops: the framework's vectorised searches gain nothing on a few characters, and they
/// allocate until the runtime has optimised them.
/// </summary>
internal static class DecimalText
{
    /// <summary>How many digits the text starts with.</summary>
    public static int LeadingDigits(ReadOnlySpan<char> text)
    {
        int count = 0;
        while (count < text.Length && char.IsAsciiDigit(text[count]))
        {
            count++;
        }

        return count;
    }

    /// <summary>Whether the text is at least one digit and nothing else.</summary>
    public static bool AreDigits(ReadOnlySpan<char> text) => text.Length > 0 && LeadingDigits(text) == text.Length;

    /// <summary>Whether the text is a number of any length without leading zeros.</summary>
    public static bool IsNumber(ReadOnlySpan<char> text) => AreDigits(text) && (text.Length == 1 || text[0] != '0');

    /// <summary>Reads a number without leading zeros.</summary>
    /// <param name="text">Nothing else in it.</param>
    /// <param name="max">Inclusive, below a thousand.</param>
    /// <param name="number">0 if there is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, int max, out int number)
    {
        const int MaxDigits = 3;
        number = 0;
        if (text.Length > MaxDigits || !IsNumber(text))
        {
            return false;
        }

        int value = 0;
        foreach (char digit in text)
        {
            value = (value * 10) + (digit - '0');
        }

        number = value <= max ? value : 0;
        return value <= max;
    }
}

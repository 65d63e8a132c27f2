using System.Globalization;

namespace Experiments.Control.Splits;

/// <summary>
/// The text of a coverage, digit by digit: no length and no exponent is rounded. Decimals would be: past 28 digits a finer step looks
/// like a whole one, and 1e-30 like 0.
/// </summary>
internal static class CoverageText
{
    private const string Rule = "must be a number from 0 to 1 in steps of 0.0001";

    // A bucket is 10^-4 of all users.
    private const int StepDigits = 4;

    // Further from zero than any text has digits to make up for, and far from overflow.
    private const long MaxExponent = 1_000_000_000_000;

    /// <summary>Null, or what is wrong.</summary>
    public static string? Read(ReadOnlySpan<char> json, out int buckets)
    {
        buckets = 0;
        ReadOnlySpan<char> rest = json.StartsWith('-') ? json[1..] : json;
        ReadOnlySpan<char> whole = TakeDigits(ref rest);
        if (whole.IsEmpty || (whole.Length > 1 && whole[0] == '0')
            || !TryTakeFraction(ref rest, out ReadOnlySpan<char> fraction)
            || !TryTakeExponent(ref rest, out long exponent)
            || !rest.IsEmpty)
        {
            return Rule;
        }

        // The value is significant * 10^power, and significant neither starts nor ends with a zero.
        string digits = string.Concat(whole, fraction);
        ReadOnlySpan<char> upToLast = digits.AsSpan().TrimEnd('0');
        ReadOnlySpan<char> significant = upToLast.TrimStart('0');
        long power = exponent - fraction.Length + (digits.Length - upToLast.Length);
        if (significant.IsEmpty)
        {
            return null;
        }

        if (json[0] == '-')
        {
            return $"{Rule}; it is negative";
        }

        long powerOfFirst = power + significant.Length - 1;
        if (powerOfFirst > 0 || (powerOfFirst == 0 && significant is not "1"))
        {
            return $"{Rule}; it is above 1";
        }

        if (power < -StepDigits)
        {
            return $"{Rule}; it lies between two steps";
        }

        buckets = int.Parse(significant, NumberStyles.None, CultureInfo.InvariantCulture);
        for (long scale = power; scale > -StepDigits; scale--)
        {
            buckets *= 10;
        }

        return null;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> fraction)
    {
        fraction = default;
        if (!rest.StartsWith('.'))
        {
            return true;
        }

        rest = rest[1..];
        fraction = TakeDigits(ref rest);
        return !fraction.IsEmpty;
    }

    private static bool TryTakeExponent(ref ReadOnlySpan<char> rest, out long exponent)
    {
        exponent = 0;
        if (rest is not ['e' or 'E', ..])
        {
            return true;
        }

        rest = rest[1..];
        bool isNegative = rest.StartsWith('-');
        if (rest is ['+' or '-', ..])
        {
            rest = rest[1..];
        }

        ReadOnlySpan<char> digits = TakeDigits(ref rest);
        foreach (char digit in digits)
        {
            exponent = Math.Min((exponent * 10) + (digit - '0'), MaxExponent);
        }

        exponent = isNegative ? -exponent : exponent;
        return !digits.IsEmpty;
    }

    private static ReadOnlySpan<char> TakeDigits(ref ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = length < 0 ? rest : rest[..length];
        rest = rest[digits.Length..];
        return digits;
    }
}

using System.Globalization;

namespace Experiments.Client.Tests.Reference;

/// <summary>Number::toString of ECMAScript (https://tc39.es/ecma262/#sec-numeric-types-number-tostring), radix 10.</summary>
internal static class EcmaScriptNumber
{
    public static string Text(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (value == 0)
        {
            return "0";
        }

        if (value < 0)
        {
            return "-" + Text(-value);
        }

        return double.IsInfinity(value) ? "Infinity" : Layout(value);
    }

    // The names are the standard's: the value is 0.digits * 10^n, with k digits.
    private static string Layout(double value)
    {
        (string digits, int n) = Shortest(value);
        int k = digits.Length;
        if (k <= n && n <= 21)
        {
            return digits + new string('0', n - k);
        }

        if (0 < n && n <= 21)
        {
            return digits[..n] + "." + digits[n..];
        }

        if (-6 < n && n <= 0)
        {
            return "0." + new string('0', -n) + digits;
        }

        int e = n - 1;
        string exponent = (e < 0 ? "-" : "+") + Math.Abs(e).ToString(CultureInfo.InvariantCulture);
        return k == 1 ? digits + "e" + exponent : digits[..1] + "." + digits[1..] + "e" + exponent;
    }

    /// <summary>The fewest digits that read back as the same double, without zeros at either end.</summary>
    private static (string Digits, int N) Shortest(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponentAt = text.IndexOf('E');
        int exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = exponentAt < 0 ? text : text[..exponentAt];
        int point = mantissa.IndexOf('.');
        int n = (point < 0 ? mantissa.Length : point) + exponent;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        string withoutLeading = digits.TrimStart('0');
        n -= digits.Length - withoutLeading.Length;
        return (withoutLeading.TrimEnd('0'), n);
    }
}

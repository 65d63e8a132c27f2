using System.Globalization;

namespace Experiments.Client.Json;

/// <summary>
/// Numbers as JavaScript's <c>String(number)</c> writes them (https://tc39.es/ecma262/2024/#sec-numeric-types-number-tostring). The
/// shortest digits are the same in .NET; where the point goes and when an exponent is written is not.
/// </summary>
internal static class EcmaScriptNumber
{
    /// <summary>The longest is like <c>-0.0000012345678901234567</c>.</summary>
    public const int MaxLength = 25;

    // The number is 0.DIGITS times ten to this power; within these limits, both inclusive, it is written without an exponent.
    private const int MinPlainPower = -5;
    private const int MaxPlainPower = 21;

    // .NET's own longest is like -1.2345678901234567E-300.
    private const int RoundTripLength = 32;

    private const int MaxDigits = 17;

    /// <summary>Writes the number.</summary>
    /// <param name="value">Any, also NaN and the infinities.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> long.</param>
    /// <returns>How many characters were written.</returns>
    public static int Format(double value, Span<char> destination)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return Append(value switch { 0 => "0", > 0 => "Infinity", < 0 => "-Infinity", _ => "NaN" }, destination, 0);
        }

        Span<char> digits = stackalloc char[MaxDigits];
        int length = value < 0 ? Append("-", destination, 0) : 0;
        int count = Digits(Math.Abs(value), digits, out int power);
        return power is >= MinPlainPower and <= MaxPlainPower
            ? AppendPlain(digits[..count], power, destination, length)
            : AppendScientific(digits[..count], power, destination, length);
    }

    /// <summary>The shortest digits that read back as the value, without zeros at either end.</summary>
    private static int Digits(double value, Span<char> digits, out int power)
    {
        Span<char> roundTrip = stackalloc char[RoundTripLength];
        value.TryFormat(roundTrip, out int length, "R", CultureInfo.InvariantCulture);
        ReadOnlySpan<char> text = roundTrip[..length];
        int exponent = text.IndexOf('E');
        power = exponent < 0 ? 0 : int.Parse(text[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> mantissa = exponent < 0 ? text : text[..exponent];
        int point = mantissa.IndexOf('.');
        power += point < 0 ? mantissa.Length : point;

        int count = 0;
        foreach (char unit in mantissa)
        {
            if (unit == '0' && count == 0)
            {
                // A zero in front: 0.001 is 0.1 times ten to the -2.
                power--;
            }
            else if (unit != '.')
            {
                digits[count++] = unit;
            }
        }

        return digits[..count].TrimEnd('0').Length;
    }

    private static int AppendPlain(ReadOnlySpan<char> digits, int power, Span<char> destination, int length)
    {
        if (power <= 0)
        {
            length = AppendZeros(-power, destination, Append("0.", destination, length));
            return Append(digits, destination, length);
        }

        if (power >= digits.Length)
        {
            length = Append(digits, destination, length);
            return AppendZeros(power - digits.Length, destination, length);
        }

        length = Append(digits[..power], destination, length);
        length = Append(".", destination, length);
        return Append(digits[power..], destination, length);
    }

    private static int AppendScientific(ReadOnlySpan<char> digits, int power, Span<char> destination, int length)
    {
        length = Append(digits[..1], destination, length);
        if (digits.Length > 1)
        {
            length = Append(".", destination, length);
            length = Append(digits[1..], destination, length);
        }

        length = Append(power > 0 ? "e+" : "e-", destination, length);
        Math.Abs(power - 1).TryFormat(destination[length..], out int written, provider: CultureInfo.InvariantCulture);
        return length + written;
    }

    private static int Append(ReadOnlySpan<char> text, Span<char> destination, int length)
    {
        text.CopyTo(destination[length..]);
        return length + text.Length;
    }

    private static int AppendZeros(int count, Span<char> destination, int length)
    {
        destination.Slice(length, count).Fill('0');
        return length + count;
    }
}

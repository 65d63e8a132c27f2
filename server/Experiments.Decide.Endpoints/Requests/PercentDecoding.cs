using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Experiments.Decide.Endpoints.Requests;

/// <summary>Names and values of a query string: <c>+</c> is a space and percent-escapes are UTF-8, decoded once.</summary>
internal static class PercentDecoding
{
    private static readonly SearchValues<char> Encoded = SearchValues.Create("%+");

    /// <summary>Writes the UTF-8 of a value.</summary>
    /// <param name="encoded">The value as it is on the request line.</param>
    /// <param name="utf8">At least as long.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False where an escape is malformed or the result is not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, Span<byte> utf8, out int length)
    {
        length = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            char unit = encoded[i];
            if (unit == '+')
            {
                unit = ' ';
            }
            else if (unit == '%')
            {
                if (!IsEscape(encoded[i..]))
                {
                    return false;
                }

                unit = (char)byte.Parse(encoded.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
            }
            else if (!char.IsAscii(unit))
            {
                return false;
            }

            utf8[length++] = (byte)unit;
        }

        return Utf8.IsValid(utf8[..length]);
    }

    /// <summary>The text of a value.</summary>
    /// <param name="encoded">The value as it is on the request line.</param>
    /// <param name="buffer">At least as long; used where something is encoded.</param>
    /// <returns>Null where an escape is malformed or the result is not UTF-8.</returns>
    public static string? Decode(ReadOnlySpan<char> encoded, Span<byte> buffer)
    {
        if (!encoded.ContainsAny(Encoded) && Ascii.IsValid(encoded))
        {
            return new string(encoded);
        }

        return TryDecode(encoded, buffer, out int length) ? Encoding.UTF8.GetString(buffer[..length]) : null;
    }

    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Experiments.Client.Json;

/// <summary>
/// JSON strings the way JavaScript reads them: as UTF-16 units, of which a lone surrogate is one like any other. System.Text.Json
/// refuses to read such a string, and the vectors that every reader must agree on hold them.
/// </summary>
internal static class JsonText
{
    private const int UnicodeEscapeDigits = 4;

    /// <summary>Text of a JSON string token that a <see cref="Utf8JsonReader"/> has validated.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        return reader.ValueIsEscaped ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>Text of a <see cref="JsonElement"/> that is a string.</summary>
    public static string Read(JsonElement element)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        return raw.Contains((byte)'\\') ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>Name of a member.</summary>
    public static string ReadName(JsonProperty member)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.Contains((byte)'\\') ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    /// <summary>Writes the text of a validated JSON string, quotes not included, and answers its length in UTF-16 units.</summary>
    /// <param name="raw">Valid UTF-8 with valid escapes.</param>
    /// <param name="text">At least as long as <paramref name="raw"/>.</param>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<char> text)
    {
        int length = 0;
        for (int i = 0; i < raw.Length;)
        {
            byte unit = raw[i];
            if (unit == (byte)'\\')
            {
                bool isNumber = raw[i + 1] == (byte)'u';
                text[length++] = isNumber ? UnitOf(raw.Slice(i + 2, UnicodeEscapeDigits)) : Unescape(raw[i + 1]);
                i += isNumber ? 2 + UnicodeEscapeDigits : 2;
            }
            else if (unit < 0x80)
            {
                // Escapes are close to each other as a rule: a call for what is between two of them takes longer.
                text[length++] = (char)unit;
                i++;
            }
            else
            {
                ReadOnlySpan<byte> rest = raw[i..];
                int escape = rest.IndexOf((byte)'\\');
                ReadOnlySpan<byte> plain = escape < 0 ? rest : rest[..escape];
                length += Encoding.UTF8.GetChars(plain, text[length..]);
                i += plain.Length;
            }
        }

        return length;
    }

    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        char[] text = new char[raw.Length];
        return new string(text, 0, Unescape(raw, text));
    }

    // The JSON reader has checked the digits.
    private static char UnitOf(ReadOnlySpan<byte> digits)
    {
        int unit = 0;
        foreach (byte digit in digits)
        {
            unit = (unit << 4) | (digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return (char)unit;
    }

    private static char Unescape(byte kind) => kind switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)kind,
    };
}

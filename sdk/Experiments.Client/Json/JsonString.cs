using System.Buffers;
using System.Text;

namespace Experiments.Client.Json;

/// <summary>
/// JSON strings as JavaScript's <c>JSON.stringify</c> writes them: only what must be escaped is, and a lone surrogate, which UTF-8
/// cannot hold and System.Text.Json would replace, is escaped as well.
/// </summary>
internal static class JsonString
{
    private const int UnicodeEscapeLength = 6;

    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static unit => (char)unit).Except(['"', '\\'])]);

    /// <summary>Length in bytes, quotes not included.</summary>
    public static int Length(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text.Length;
        }

        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                length += 4;
                i++;
            }
            else
            {
                length += unit switch
                {
                    '"' or '\\' or '\b' or '\t' or '\n' or '\f' or '\r' => 2,
                    < ' ' => UnicodeEscapeLength,
                    < '\x80' => 1,
                    < '\x800' => 2,
                    _ => char.IsSurrogate(unit) ? UnicodeEscapeLength : 3,
                };
            }
        }

        return length;
    }

    /// <summary>Writes the text without quotes and answers how many bytes that took.</summary>
    public static int Write(string text, Span<byte> utf8)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain))
        {
            return Encoding.UTF8.GetBytes(text, utf8);
        }

        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            Span<byte> rest = utf8[length..];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                length += new Rune(text[i], text[++i]).EncodeToUtf8(rest);
            }
            else
            {
                length += Write(text[i], rest);
            }
        }

        return length;
    }

    /// <summary>The text between quotes.</summary>
    public static byte[] Quote(string text)
    {
        byte[] quoted = new byte[Length(text) + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        Write(text, quoted.AsSpan(1));
        return quoted;
    }

    private static int Write(char unit, Span<byte> utf8)
    {
        byte kind = unit switch
        {
            '"' or '\\' => (byte)unit,
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => 0,
        };
        if (kind != 0)
        {
            utf8[0] = (byte)'\\';
            utf8[1] = kind;
            return 2;
        }

        if (unit >= ' ' && !char.IsSurrogate(unit))
        {
            return new Rune(unit).EncodeToUtf8(utf8);
        }

        "\\u"u8.CopyTo(utf8);
        ((int)unit).TryFormat(utf8[2..], out _, "x4");
        return UnicodeEscapeLength;
    }
}

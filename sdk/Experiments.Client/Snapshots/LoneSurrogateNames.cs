using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots;

/// <summary>
/// Members whose names hold lone surrogates. No reader knows a member of such a name, so they are to be ignored like all unknown ones;
/// but System.Text.Json throws when it compares the name. Their surrogates are overwritten by U+FFFD, which leaves them unknown.
/// </summary>
internal static class LoneSurrogateNames
{
    private const int EscapeLength = 6;
    private const int DigitsStart = 2;

    private static ReadOnlySpan<byte> Replacement => @"\uFFFD"u8;

    /// <summary>A copy in which every name can be compared; false where there is nothing to replace, or no valid JSON.</summary>
    public static bool TryReplace(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out byte[]? replaced)
    {
        replaced = null;
        var reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = SnapshotJsonContext.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.PropertyName)
                {
                    continue;
                }

                string name = reader.ValueIsEscaped ? JsonText.Read(ref reader) : "";
                if (HasLoneSurrogate(name))
                {
                    replaced ??= utf8Json.ToArray();
                    Replace(replaced.AsSpan((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length));
                }
                else if (name is "payload" or "value" || reader.ValueTextEquals("payload"u8) || reader.ValueTextEquals("value"u8))
                {
                    // What is inside is handed out or compared as it is.
                    reader.Skip();
                }
            }
        }
        catch (JsonException)
        {
            replaced = null;
        }

        return replaced is not null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]))
            {
                if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }

    /// <param name="name">A name between its quotes, escapes validated. A raw surrogate cannot occur: it is not UTF-8.</param>
    private static void Replace(Span<byte> name)
    {
        while (name.IndexOf((byte)'\\') is var escape && escape >= 0)
        {
            name = name[escape..];
            int length = DigitsStart;
            if (TryReadUnit(name, out char unit))
            {
                bool isPair = TryReadUnit(name[EscapeLength..], out char next) && char.IsSurrogatePair(unit, next);
                length = isPair ? 2 * EscapeLength : EscapeLength;
                if (char.IsSurrogate(unit) && !isPair)
                {
                    Replacement.CopyTo(name);
                }
            }

            name = name[length..];
        }
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < EscapeLength || text[0] != (byte)'\\' || text[1] != (byte)'u')
        {
            return false;
        }

        bool isRead = Utf8Parser.TryParse(text[DigitsStart..EscapeLength], out ushort value, out _, 'X');
        unit = (char)value;
        return isRead;
    }
}

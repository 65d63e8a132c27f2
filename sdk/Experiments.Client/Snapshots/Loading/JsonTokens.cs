using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads the tokens of a snapshot and refuses those of the wrong type. What exactly is wrong, and where, is found by
/// <see cref="SnapshotFaults"/> once a snapshot is refused.</summary>
internal static class JsonTokens
{
    /// <summary>Demands that the reader stands on a token of this type.</summary>
    public static void Expect(ref readonly Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            Refuse($"{reader.TokenType} where {type} must be");
        }
    }

    /// <summary>Moves to the name of the next member; false at the end of the object.</summary>
    public static bool NextMember(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Moves to the next element; false at the end of the array.</summary>
    public static bool NextElement(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Whether the reader stands on this name or text.</summary>
    public static bool Is(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> utf8) => reader.ValueIsEscaped
        ? IsEscaped(in reader, utf8)
        : reader.ValueSpan.SequenceEqual(utf8);

    public static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    /// <summary>Moves over the value after a name and answers a reader that stands on it, for what is read once more is known.</summary>
    public static Utf8JsonReader Keep(scoped ref Utf8JsonReader reader)
    {
        reader.Read();
        Utf8JsonReader kept = reader;
        reader.Skip();
        return kept;
    }

    public static string ReadText(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(in reader, JsonTokenType.String);
        return JsonText.Read(ref reader);
    }

    /// <summary>A string that is read later.</summary>
    public static TextToken ReadToken(ref Utf8JsonReader reader)
    {
        reader.Read();
        return TextToken.At(in reader);
    }

    public static double ReadNumber(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(in reader, JsonTokenType.Number);
        return reader.GetDouble();
    }

    public static bool ReadBoolean(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Refuse($"{reader.TokenType} where a boolean must be");
        }

        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>An integer from 0 to 2^64: a number, or a decimal string.</summary>
    public static UInt128 ReadBound(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number && WholeNumberConverter.TryRead(ref reader, out long whole)
            && whole is >= 0 and <= LoadLimits.MaxNumberBound)
        {
            return (UInt128)whole;
        }

        if (reader.TokenType == JsonTokenType.String && TryReadDigits(in reader, out UInt128 digits))
        {
            return digits;
        }

        Refuse("a bound must be an integer from 0 to 2^64, as a decimal string above 2^53");
        return 0;
    }

    [DoesNotReturn]
    public static void Refuse(string fault) => throw new JsonException(fault);

    private static bool TryReadDigits(ref readonly Utf8JsonReader reader, out UInt128 value)
    {
        if (!reader.ValueIsEscaped)
        {
            return TryReadDigits(reader.ValueSpan, out value);
        }

        // Each escape is at most one digit.
        const int MaxEscapedLength = 20 * 6;
        value = 0;
        if (reader.ValueSpan.Length > MaxEscapedLength)
        {
            return false;
        }

        Span<char> text = stackalloc char[MaxEscapedLength];
        text = text[..JsonText.Unescape(reader.ValueSpan, text)];
        Span<byte> ascii = stackalloc byte[text.Length];
        return Ascii.FromUtf16(text, ascii, out _) == System.Buffers.OperationStatus.Done && TryReadDigits(ascii, out value);
    }

    /// <summary>1 to 20 ASCII digits that are no more than 2^64.</summary>
    public static bool TryReadDigits(ReadOnlySpan<byte> text, out UInt128 value)
    {
        const int MaxDigits = 20;
        value = 0;
        if (text.Length is 0 or > MaxDigits)
        {
            return false;
        }

        foreach (byte digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            value = (value * 10) + (uint)(digit - '0');
        }

        return value <= UInt128.One << 64;
    }

    private static bool IsEscaped(ref readonly Utf8JsonReader reader, ReadOnlySpan<byte> utf8)
    {
        // No escape is longer than six times what it stands for.
        if (reader.ValueSpan.Length > utf8.Length * 6)
        {
            return false;
        }

        // A lone surrogate in it makes the reader's own comparison throw.
        char[] text = new char[reader.ValueSpan.Length];
        int length = JsonText.Unescape(reader.ValueSpan, text);
        return text.AsSpan(0, length).SequenceEqual(Encoding.UTF8.GetString(utf8));
    }
}

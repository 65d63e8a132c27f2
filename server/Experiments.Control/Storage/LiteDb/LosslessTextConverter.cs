using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Client.Targeting;

namespace Experiments.Control.Storage.LiteDb;

/// <summary>Writes a lone surrogate as its escape, where System.Text.Json would replace it, and reads it back.</summary>
internal sealed class LosslessTextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? JsonText.Read(ref reader) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        if (IsWellFormed(value))
        {
            writer.WriteStringValue(value);
        }
        else
        {
            writer.WriteRawValue(Escape(value), skipInputValidation: true);
        }
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and int surrogate)
        {
            if (surrogate + 1 == text.Length || !char.IsSurrogatePair(text[surrogate], text[surrogate + 1]))
            {
                return false;
            }

            text = text[(surrogate + 2)..];
        }

        return true;
    }

    private static string Escape(string text)
    {
        StringBuilder json = new("\"", text.Length * 6);
        foreach (char unit in text)
        {
            if (char.IsAsciiLetterOrDigit(unit))
            {
                json.Append(unit);
            }
            else
            {
                json.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }

        return json.Append('"').ToString();
    }
}

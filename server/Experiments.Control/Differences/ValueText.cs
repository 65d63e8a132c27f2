using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Experiments.Control.Differences;

/// <summary>JSON values in sentences: on one line, and cut.</summary>
internal static class ValueText
{
    // Enough for as many characters as are kept, whatever they are.
    private const int MaxBytes = 4 * TextList.MaxLength;

    public static string Of(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            return "nothing";
        }

        // As written: texts keep their quotes and escapes, so that a line break in one does not break the sentence.
        Span<byte> kept = stackalloc byte[MaxBytes];
        int length = 0;
        bool isText = false;
        bool isEscaped = false;
        foreach (byte b in JsonMarshal.GetRawUtf8Value(value))
        {
            isText ^= b == (byte)'"' && !isEscaped;
            isEscaped = b == (byte)'\\' && !isEscaped;
            if ((isText || b > (byte)' ') && length < MaxBytes)
            {
                kept[length++] = b;
            }

            if (length == MaxBytes)
            {
                break;
            }
        }

        return TextList.Cut(Encoding.UTF8.GetString(kept[..length]));
    }
}

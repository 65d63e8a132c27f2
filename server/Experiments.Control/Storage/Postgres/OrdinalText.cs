using System.Text;

namespace Experiments.Control.Storage.Postgres;

/// <summary>
/// Texts as bytes that PostgreSQL compares one by one: no collation decides their order, every UTF-16 text has bytes of its own (PostgreSQL's
/// text takes neither U+0000 nor half of a surrogate pair), and a part of a text is a part of its bytes and nowhere else.
/// </summary>
/// <remarks>Each UTF-16 unit by itself as UTF-8 writes a character, which is what Unicode TR 26 calls CESU-8, so the order is the ordinal one. The
/// bytes are stored: changing them needs a migration.</remarks>
internal static class OrdinalText
{
    private const int OneByteEnd = 0x80;
    private const int TwoBytesEnd = 0x800;

    public static byte[] Of(string text)
    {
        byte[] bytes = new byte[text.Sum(static unit => unit < OneByteEnd ? 1 : unit < TwoBytesEnd ? 2 : 3)];
        int at = 0;
        foreach (char unit in text)
        {
            if (unit < OneByteEnd)
            {
                bytes[at++] = (byte)unit;
                continue;
            }

            if (unit < TwoBytesEnd)
            {
                bytes[at++] = (byte)(0xC0 | (unit >> 6));
            }
            else
            {
                bytes[at++] = (byte)(0xE0 | (unit >> 12));
                bytes[at++] = (byte)(0x80 | ((unit >> 6) & 0x3F));
            }

            bytes[at++] = (byte)(0x80 | (unit & 0x3F));
        }

        return bytes;
    }

    /// <summary>For comparison in any case, as <see cref="StringComparison.OrdinalIgnoreCase"/> does it.</summary>
    public static byte[] OfAnyCase(string text) => Of(text.ToUpperInvariant());

    /// <param name="bytes">That <see cref="Of"/> made.</param>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(bytes.Length);
        for (int at = 0; at < bytes.Length;)
        {
            int first = bytes[at++];
            text.Append((char)(first < OneByteEnd ? first
                : first < 0xE0 ? ((first & 0x1F) << 6) | (bytes[at++] & 0x3F)
                : ((first & 0x0F) << 12) | ((bytes[at++] & 0x3F) << 6) | (bytes[at++] & 0x3F)));
        }

        return text.ToString();
    }
}

using System.Text;
using System.Text.Json;
using Experiments.Client.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Where in the JSON a string is that is read later, or never as a string at all.</summary>
/// <param name="Start">After the quote.</param>
/// <param name="Length">In bytes, as it is written.</param>
/// <param name="IsEscaped">Whether it has escapes.</param>
internal readonly record struct TextToken(int Start, int Length, bool IsEscaped)
{
    /// <summary>The string that the reader stands on.</summary>
    public static TextToken At(ref readonly Utf8JsonReader reader)
    {
        JsonTokens.Expect(in reader, JsonTokenType.String);
        return new TextToken((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, reader.ValueIsEscaped);
    }

    /// <summary>As it is written, which is its UTF-8 unless <see cref="IsEscaped"/>.</summary>
    public ReadOnlySpan<byte> Raw(ReadOnlySpan<byte> utf8Json) => utf8Json.Slice(Start, Length);

    public string Read(ReadOnlySpan<byte> utf8Json) =>
        IsEscaped ? JsonText.Unescape(Raw(utf8Json)) : Encoding.UTF8.GetString(Raw(utf8Json));
}

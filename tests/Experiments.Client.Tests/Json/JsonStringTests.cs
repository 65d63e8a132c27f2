using System.Text;
using System.Text.Json;
using CsCheck;
using Experiments.Client.Json;

namespace Experiments.Client.Tests.Json;

public sealed class JsonStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ~", "plain ~")]
    [InlineData("\"\\/", "\\\"\\\\/")]
    [InlineData("\b\t\n\f\r", "\\b\\t\\n\\f\\r")]
    [InlineData("\0\x1f\x7f", "\\u0000\\u001f\x7f")]
    [InlineData("é€🙂\u2028<>&'", "é€🙂\u2028<>&'")]
    public void Quote_AsJsonStringify(string text, string escaped) =>
        Assert.Equal($"\"{escaped}\"", Encoding.UTF8.GetString(JsonString.Quote(text)));

    // Not a case of the theory: attributes cannot hold such a text.
    [Fact]
    public void Quote_LoneSurrogates_AreEscaped() =>
        Assert.Equal("\"\\ud800a\\udc00🙂\\ud83d\"", Encoding.UTF8.GetString(JsonString.Quote("\ud800a\udc00\ud83d\ude42\ud83d")));

    [Fact]
    public void Quote_AnyText_HasTheLengthAndReadsBack() => Gen.Char.Array[0, 20].Select(units => new string(units)).Sample(text =>
    {
        byte[] quoted = JsonString.Quote(text);
        Assert.Equal(quoted.Length, JsonString.Length(text) + 2);
        Assert.DoesNotContain((byte)0, quoted);
        var reader = new Utf8JsonReader(quoted);
        Assert.True(reader.Read());
        Assert.Equal(text, JsonText.Read(ref reader));
    });
}

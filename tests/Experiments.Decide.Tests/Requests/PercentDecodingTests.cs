using System.Text;
using CsCheck;
using Experiments.Decide.Endpoints.Requests;

namespace Experiments.Decide.Tests.Requests;

public sealed class PercentDecodingTests
{
    [Fact]
    public void Decode_WhatUriEscapes_IsTheText() => Gen.String.Select(ReplaceLoneSurrogates).Sample(text =>
        Assert.Equal(text, Decode(Uri.EscapeDataString(text))));

    [Theory]
    [InlineData("ü")]
    [InlineData("%")]
    [InlineData("%1")]
    [InlineData("a%2")]
    [InlineData("%+1")]
    [InlineData("%0x")]
    [InlineData("%c3")]
    [InlineData("%f5%80%80%80")]
    public void Decode_NotUtf8_IsNull(string encoded) => Assert.Null(Decode(encoded));

    [Fact]
    public void Decode_AnyText_NeverThrows() => Gen.Char[" %+0aFü\ud800"].Array[0, 12].Sample(units => { Decode(new string(units)); });

    private static string? Decode(string encoded) => PercentDecoding.Decode(encoded, new byte[encoded.Length]);

    private static string ReplaceLoneSurrogates(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}

using System.Text;
using System.Text.Json;
using CsCheck;

namespace Experiments.Client.Tests.Targeting;

public sealed class DecisionContextJsonExtensionsTests
{
    private const string Valid = """{"plan":"pro","user":{"tags":["a","b",{"c":[1,2,null]}],"age":42.5},"q":"\u0041\n\"\\","t":true,"n":null}""";

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[{}]")]
    [InlineData("{")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":\"\\x\"}")]
    [InlineData("{\"a\":\"\\u12\"}")]
    [InlineData("{\"a\":\"\n\"}")]
    [InlineData("{} {}")]
    [InlineData("{} x")]
    [InlineData("{/* no */}")]
    [InlineData("\ufeff{}")]
    [InlineData("{\"a\":[1,{\"b\":}]}")]
    public void SetJson_NotAJsonObject_ThrowsAndLeavesTheContextEmpty(string json) => AssertRefused(Encoding.UTF8.GetBytes(json));

    [Theory]
    [InlineData(0x80)]
    [InlineData(0xC0)]
    [InlineData(0xFF)]
    public void SetJson_InvalidUtf8_ThrowsAndLeavesTheContextEmpty(byte invalid) =>
        AssertRefused([.. "{\"a\":\""u8, invalid, .. "\"}"u8]);

    [Fact]
    public void SetJson_EncodedSurrogate_ThrowsAndLeavesTheContextEmpty() => AssertRefused([.. "{\"a\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]);

    [Fact]
    public void SetJson_CutAnywhere_ThrowsAndLeavesTheContextEmpty()
    {
        byte[] json = Encoding.UTF8.GetBytes(Valid);
        for (int length = 0; length < json.Length; length++)
        {
            AssertRefused(json[..length]);
        }
    }

    [Fact]
    public void SetJson_AnyByteReplaced_ParsesOrThrowsJsonException() => Property.Holds(
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte, Gen.Int[0, Valid.Length - 1], Property.OneOf((byte)'"', (byte)'{', (byte)'}', (byte)'[', (byte)',', (byte)'\\')),
        change =>
        {
            byte[] json = Encoding.UTF8.GetBytes(Valid);
            json[change.Item1] = change.Item2;
            json[change.Item3] = change.Item4;
            var context = new DecisionContext();
            try
            {
                context.SetJson(json);
            }
            catch (JsonException)
            {
                Assert.Equal(0, context.Count);
            }
        },
        LongRun.Count(5_000, 500_000));

    [Theory]
    [InlineData(DecisionContextJsonExtensions.MaxDepth, true)]
    [InlineData(DecisionContextJsonExtensions.MaxDepth + 1, false)]
    [InlineData(1_000, false)]
    public void SetJson_NestedObjects_AreReadDownToTheLimit(int depth, bool isRead)
    {
        byte[] json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth));
        AssertDepth(json, isRead, string.Join('.', Enumerable.Repeat("a", depth)));
    }

    [Theory]
    [InlineData(DecisionContextJsonExtensions.MaxDepth, true)]
    [InlineData(DecisionContextJsonExtensions.MaxDepth + 1, false)]
    public void SetJson_NestedArrays_AreReadDownToTheLimit(int depth, bool isRead)
    {
        byte[] json = Encoding.UTF8.GetBytes("{\"a\":" + new string('[', depth - 1) + "1" + new string(']', depth - 1) + "}");
        AssertDepth(json, isRead, "a" + string.Concat(Enumerable.Repeat(".0", depth - 1)));
    }

    [Fact]
    public void SetJson_AfterNestedValues_SiblingsBelongToTheRightParent()
    {
        const string context = """{"a":{"b":[{"c":1},[2],3],"d":4},"e":[],"f":{},"g":5}""";
        Assert.True(Conditions.FindsEqual("a.b.0.c", "1", context));
        Assert.True(Conditions.FindsEqual("a.b.1.0", "2", context));
        Assert.True(Conditions.FindsEqual("a.b.2", "3", context));
        Assert.True(Conditions.FindsEqual("a.b.length", "3", context));
        Assert.True(Conditions.FindsEqual("a.d", "4", context));
        Assert.True(Conditions.FindsEqual("e.length", "0", context));
        Assert.True(Conditions.FindsEqual("g", "5", context));
        Assert.False(Conditions.Finds("f.g", context));
    }

    [Theory]
    [InlineData("\\b\\f\\n\\r\\t\\/\\\\\\\"", "\b\f\n\r\t/\\\"")]
    [InlineData("\\u0041\\u00e9\\u20AC", "A\u00e9\u20ac")]
    [InlineData("x\\ud83d\\ude00y", "x\ud83d\ude00y")]
    [InlineData("\\u0000", "\0")]
    [InlineData("\u00fc\u20ac\ud83d\ude00", "\u00fc\u20ac\ud83d\ude00")]
    public void SetJson_Escapes_ReadAsJavaScriptReadsThem(string escaped, string text) => AssertReadsAs(escaped, text);

    [Fact]
    public void SetJson_LoneSurrogates_AreUnitsLikeAnyOther()
    {
        AssertReadsAs("\\ud800", "\ud800");
        AssertReadsAs("\\udc00\\ud800", "\udc00\ud800");
        AssertReadsAs("a\\uD83D", "a\ud83d");
    }


    [Fact]
    public void SetJson_AgainAndAgain_ForgetsWhatWasBefore()
    {
        var context = new DecisionContext();
        for (int i = 0; i < 100; i++)
        {
            context.SetJson(Encoding.UTF8.GetBytes($"{{\"k{i}\":{i},\"same\":{i}}}"));
            Assert.Equal(2, context.Count);
            Assert.True(Conditions.Hold(SnapshotJson.Rule("same", "eq", $"{i}"), context));
            Assert.False(Conditions.Hold($$"""[{"conditions":[{"attribute":"k{{i - 1}}","operator":"neq"}]}]""", context));
        }
    }

    [Fact]
    public void SetJson_LargerThanTheFirstBuffers_KeepsEverything()
    {
        string members = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $"\"key-{i}\":\"{new string('v', i % 50)}{i}\""));
        var context = new DecisionContext().SetJson(Encoding.UTF8.GetBytes($"{{{members}}}"));
        Assert.Equal(2_000, context.Count);
        foreach (int i in new[] { 0, 1, 999, 1_999 })
        {
            Assert.True(Conditions.Hold(SnapshotJson.Rule($"key-{i}", "eq", $"\"{new string('v', i % 50)}{i}\""), context));
        }
    }

    [Fact]
    public void SetJson_NullContext_ThrowsArgumentNullException() =>
        Assert.Throws<ArgumentNullException>(() => ((DecisionContext)null!).SetJson("{}"u8));

    private static void AssertReadsAs(string escaped, string text)
    {
        var context = new DecisionContext().SetJson(Encoding.UTF8.GetBytes($"{{\"v\":\"{escaped}\",\"{escaped}\":1}}"));
        Assert.Equal(text, Child(context, "v", out _).ToString());
        Child(context, text, out bool found);
        Assert.True(found);
    }

    private static ReadOnlySpan<char> Child(DecisionContext context, string name, out bool found)
    {
        for (int i = context[DecisionContext.Root].FirstChild; i != ContextNode.None; i = context[i].NextSibling)
        {
            if (context.Text(context[i].NameStart, context[i].NameLength).SequenceEqual(name))
            {
                found = true;
                return context.Text(context[i].TextStart, context[i].TextLength);
            }
        }

        found = false;
        return default;
    }

    private static void AssertDepth(byte[] json, bool isRead, string path)
    {
        if (isRead)
        {
            Assert.True(Conditions.Hold(SnapshotJson.Rule(path, "eq", "1"), new DecisionContext().SetJson(json)));
        }
        else
        {
            AssertRefused(json);
        }
    }

    private static void AssertRefused(byte[] json)
    {
        var context = new DecisionContext().Set("before", 1);
        Assert.ThrowsAny<JsonException>(() => context.SetJson(json));
        Assert.Equal(0, context.Count);
        Assert.True(Conditions.Hold("""[{"conditions":[{"attribute":"before","operator":"eq"}]}]""", context));
    }
}

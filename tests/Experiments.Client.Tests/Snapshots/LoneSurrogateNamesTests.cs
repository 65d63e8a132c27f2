using System.Text;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Snapshots;

public sealed class LoneSurrogateNamesTests
{
    [Theory]
    [InlineData("""{"\ud800":1}""", """{"\uFFFD":1}""")]
    [InlineData("""{"a\uDC00b":{"\udfff":[{"\ud800\ud800":2}]}}""", """{"a\uFFFDb":{"\uFFFD":[{"\uFFFD\uFFFD":2}]}}""")]
    [InlineData("""{"\ud83d\ude00\ude00":1}""", """{"\ud83d\ude00\uFFFD":1}""")]
    [InlineData("""{"\ud83d\ud83d\ude00":1}""", """{"\uFFFD\ud83d\ude00":1}""")]
    [InlineData("""{"\\ud800\ud800":1}""", """{"\\ud800\uFFFD":1}""")]
    [InlineData("""{"\n\"\ud800\t":"\ud800"}""", """{"\n\"\uFFFD\t":"\ud800"}""")]
    [InlineData("""{"payload":{"\ud800":1},"value":[{"\ud800":1}],"\ud800":1}""", """{"payload":{"\ud800":1},"value":[{"\ud800":1}],"\uFFFD":1}""")]
    [InlineData("""{"\u0070ayload":{"\ud800":1},"\ud800":1}""", """{"\u0070ayload":{"\ud800":1},"\uFFFD":1}""")]
    public void TryReplace_LoneSurrogates_AreReplacedInNamesOnly(string json, string expected)
    {
        Assert.True(LoneSurrogateNames.TryReplace(Encoding.UTF8.GetBytes(json), out byte[]? replaced));
        Assert.Equal(expected, Encoding.UTF8.GetString(replaced));
    }

    [Theory]
    [InlineData("""{"a":"\ud800","b\\ud800":1,"\ud83d\ude00":2,"\u0041":3,"😀":4}""")]
    [InlineData("""{"payload":{"\ud800":1}}""")]
    [InlineData("""{"\ud800":1""")]
    [InlineData("")]
    public void TryReplace_NothingToReplaceOrNoJson_AnswersFalse(string json) =>
        Assert.False(LoneSurrogateNames.TryReplace(Encoding.UTF8.GetBytes(json), out _));
}

namespace Experiments.Client.Tests.Targeting;

public sealed class AttributePathTests
{
    private const string Context = """
        {"plan":"pro","user":{"plan":"free","address":{"city":"Oslo","geo":{"lat":59.9}}},"user.plan":"own","a.b":{"c":1},
         "tags":["x","y",{"name":"z"},["deep"]],"empty":[],"o":{"length":7,"0":"zero"},"":{"":"blank"},"n":null,"t":"text"}
        """;

    [Theory]
    [InlineData("plan", "\"pro\"")]
    [InlineData("user.address.city", "\"Oslo\"")]
    [InlineData("user.address.geo.lat", "59.9")]
    [InlineData("tags.0", "\"x\"")]
    [InlineData("tags.1", "\"y\"")]
    [InlineData("tags.2.name", "\"z\"")]
    [InlineData("tags.3.0", "\"deep\"")]
    [InlineData("tags.length", "4")]
    [InlineData("tags.3.length", "1")]
    [InlineData("empty.length", "0")]
    [InlineData("o.length", "7")]
    [InlineData("o.0", "\"zero\"")]
    [InlineData(".", "\"blank\"")]
    [InlineData("n", "null")]
    public void Eq_PathIntoNestedValues_IsFound(string attribute, string value) =>
        Assert.True(Conditions.FindsEqual(attribute, value, Context));

    [Theory]
    [InlineData("user.plan", "\"own\"", "\"free\"")]
    public void Eq_OwnKeyWithADot_GoesBeforeThePath(string attribute, string own, string nested)
    {
        Assert.True(Conditions.FindsEqual(attribute, own, Context));
        Assert.False(Conditions.FindsEqual(attribute, nested, Context));
    }

    [Theory]
    [InlineData("a.b.c")] // "a.b" is an own key only where it is the whole name.
    [InlineData("tags.4")]
    [InlineData("tags.-1")]
    [InlineData("tags.00")]
    [InlineData("tags.01")]
    [InlineData("tags.+1")]
    [InlineData("tags. 1")]
    [InlineData("tags.1.0")] // Characters of a string are no members.
    [InlineData("tags.1.length")]
    [InlineData("tags.4294967296")]
    [InlineData("tags.")]
    [InlineData("tags.length.length")]
    [InlineData("tags.Length")]
    [InlineData("empty.0")]
    [InlineData("user.missing")]
    [InlineData("user.toString")]
    [InlineData("user.address.city.name")]
    [InlineData("n.x")]
    [InlineData("t.length")]
    [InlineData("length")]
    [InlineData("user..plan")]
    [InlineData(".plan")]
    [InlineData("Plan")]
    [InlineData("")]
    public void Neq_PathThatLeadsNowhere_IsMissing(string attribute) =>
        Assert.Equal(attribute.Length == 0, Conditions.Finds(attribute, Context)); // "" is an own key of the context.

    [Fact]
    public void Eq_OwnKeyThatIsNull_IsNotReplacedByThePath() =>
        Assert.True(Conditions.FindsEqual("user.plan", "null", """{"user":{"plan":"pro"},"user.plan":null}"""));

    [Theory]
    [InlineData("""{"a":1,"a":2}""", "a", "2")]
    [InlineData("""{"a":{"b":1},"a":{"b":2}}""", "a.b", "2")]
    [InlineData("""{"a":{"b":1,"b":2}}""", "a.b", "2")]
    [InlineData("""{"a":[{"b":1,"b":2}]}""", "a.0.b", "2")]
    [InlineData("""{"a.b":1,"a.b":2}""", "a.b", "2")]
    [InlineData("""{"a":1,"\u0061":2}""", "a", "2")]
    public void Eq_DuplicateKeys_LastWins(string context, string attribute, string value) =>
        Assert.True(Conditions.FindsEqual(attribute, value, context));

    [Fact]
    public void Neq_MemberOfAnEarlierDuplicate_IsMissing() => Assert.False(Conditions.Finds("a.b", """{"a":{"b":1},"a":{"c":2}}"""));

    [Fact]
    public void Eq_ElementsOfALargeArray_AreFoundByIndex()
    {
        string context = $"{{\"a\":[{string.Join(',', Enumerable.Range(0, 300))}]}}";
        for (int i = 0; i < 300; i++)
        {
            Assert.True(Conditions.FindsEqual($"a.{i}", $"{i}", context));
        }

        Assert.False(Conditions.Finds("a.300", context));
    }
}

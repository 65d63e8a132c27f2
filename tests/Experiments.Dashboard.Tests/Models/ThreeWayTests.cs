using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class ThreeWayTests
{
    [Theory]
    [InlineData("a", "a", "a", "a", 0, 0)]
    [InlineData("a", "b", "a", "b", 0, 0)]
    [InlineData("a", "a", "b", "b", 1, 0)]
    [InlineData("a", "b", "b", "b", 0, 0)]
    [InlineData("a", "b", "c", "b", 0, 1)]
    public void Pick_OfThree_IsTheOneThatChanged(string first, string mine, string theirs, string expected, int ofTheirs, int ofBoth)
    {
        var way = new ThreeWay();
        Assert.Equal(expected, way.Pick("it", first, mine, theirs));
        Assert.Equal((ofTheirs, ofBoth, ofTheirs + ofBoth == 0), (way.Theirs.Count, way.Both.Count, way.IsEmpty));
    }

    [Theory]
    [InlineData("a1 b1", "a1 b1", "a2 b1", "a2 b1", "a", "")]
    [InlineData("a1 b1", "a2 b1", "a1 b2", "a2 b2", "b", "")]
    [InlineData("a1 b1", "a2 b1", "a3 b1", "a2 b1", "", "a")]
    [InlineData("a1", "a1 c1", "a1 d1", "a1 d1 c1", "d", "")]
    [InlineData("a1 z1", "a2 z1", "n1 a1 z1", "n1 a2 z1", "n", "")]
    [InlineData("a1 z1", "a1 m1 z1", "a1 n1 z1", "a1 n1 m1 z1", "n", "")]
    [InlineData("a1 z1", "n1 a1 z1", "z1 a1", "n1 z1 a1", "order", "")]
    [InlineData("a1 a2", "a1 a3", "a1 a2", "a1 a3", "", "")]
    [InlineData("", "a1 a2", "a3", "a1 a2", "", "a")]
    [InlineData("a1 b1", "a1", "a1 b1", "a1", "", "")]
    [InlineData("a1 b1", "a1 b1", "a1", "a1", "b", "")]
    [InlineData("a1 b1", "a1 b2", "a1", "a1 b2", "", "b")]
    [InlineData("a1 b1", "a1", "a1 b2", "a1", "", "b")]
    [InlineData("a1 b1", "b1 a1", "a1 b1", "b1 a1", "", "")]
    [InlineData("a1 b1", "a1 b1", "b1 a1", "b1 a1", "order", "")]
    [InlineData("a1 b1 c1", "a2 b1 c1", "c1 b1 a1", "c1 b1 a2", "order", "")]
    [InlineData("a1 b1 c1", "b1 a1 c1", "c1 b1 a1", "b1 a1 c1", "", "order")]
    public void PickEach_OfThreeLists_MergesEachItem(string first, string mine, string theirs, string expected, string ofTheirs, string ofBoth)
    {
        var way = new ThreeWay();
        List<string> merged = way.PickEach("order", static one => one[..1], static one => one[..1], Of(first), Of(mine), Of(theirs));
        Assert.Equal(expected, string.Join(' ', merged));
        Assert.Equal((ofTheirs, ofBoth), (string.Join(' ', way.Theirs), string.Join(' ', way.Both)));
    }

    private static string[] Of(string items) => items.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

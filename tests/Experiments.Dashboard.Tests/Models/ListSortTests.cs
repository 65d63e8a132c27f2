using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class ListSortTests
{
    [Theory]
    [InlineData("name", "name -name ")]
    [InlineData("state", "state -state ")]
    [InlineData("updated", "-updated updated ")]
    public void Next_ThreeClicks_GoOneWayThenTheOtherThenBack(string column, string expected)
    {
        string? first = ListSort.Next("", column);
        string? second = ListSort.Next(first, column);

        Assert.Equal(expected, $"{first} {second} {ListSort.Next(second, column)}");
    }

    [Fact]
    public void Next_AnotherColumn_BeginsThere() => Assert.Equal("state", ListSort.Next("-name", "state"));

    [Theory]
    [InlineData("name", "name", "ascending")]
    [InlineData("-name", "name", "descending")]
    [InlineData("-name", "state", null)]
    [InlineData(null, "state", null)]
    public void AriaOf_EachSort_IsWhatTheColumnShows(string? sort, string column, string? expected) =>
        Assert.Equal(expected, ListSort.AriaOf(sort, column));
}

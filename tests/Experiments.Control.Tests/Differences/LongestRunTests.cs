using Experiments.Control.Differences;

namespace Experiments.Control.Tests.Differences;

public sealed class LongestRunTests
{
    [Theory]
    [InlineData(new int[] { }, "")]
    [InlineData(new[] { 0, 1, 2 }, "012")]
    [InlineData(new[] { 2, 0, 1 }, "01")]
    [InlineData(new[] { 1, 2, 0 }, "12")]
    [InlineData(new[] { 4, 0, 3, 1, 2 }, "012")]
    public void Of_Orders_KeepsAsManyAsPossible(int[] numbers, string expected)
    {
        bool[] belongs = LongestRun.Of(numbers);

        Assert.Equal(expected, string.Concat(numbers.Where((_, index) => belongs[index])));
    }
}

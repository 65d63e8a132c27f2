using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class SizeWordsTests
{
    [Theory]
    [InlineData(0, "0.0 kB")]
    [InlineData(8192, "8.2 kB")]
    [InlineData(475_136, "475 kB")]
    [InlineData(12_300_000, "12 MB")]
    [InlineData(5_400_000_000, "5.4 GB")]
    [InlineData(9_000_000_000_000_000, "9000 TB")]
    public void Of_EachSize_IsShortAndHasItsUnit(long bytes, string expected) => Assert.Equal(expected, SizeWords.Of(bytes));
}

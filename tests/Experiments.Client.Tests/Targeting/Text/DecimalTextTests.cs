using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("9", 9)]
    [InlineData("10", 10)]
    [InlineData("255", 255)]
    public void TryParse_Number_IsRead(string text, int expected)
    {
        Assert.True(DecimalText.TryParse(text, 255, out int number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("256")]
    [InlineData("1000")]
    [InlineData("99999999999999999999")]
    [InlineData("-1")]
    [InlineData("1 ")]
    [InlineData("٣")]
    public void TryParse_AnythingElse_IsRefused(string text)
    {
        Assert.False(DecimalText.TryParse(text, 255, out int number));
        Assert.Equal(0, number);
    }
}

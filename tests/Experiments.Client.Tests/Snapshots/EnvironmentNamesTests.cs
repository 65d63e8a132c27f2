using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Snapshots;

public sealed class EnvironmentNamesTests
{
    [Theory]
    [InlineData("p", true)]
    [InlineData(" ", true)]
    [InlineData("..", true)]
    [InlineData("a/b", true)]
    [InlineData("ünï", true)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    [InlineData("\0", false)]
    [InlineData("\u007f", false)]
    [InlineData("\u0085", false)]
    public void IsValid_Name_FollowsTheRule(string name, bool isValid) => Assert.Equal(isValid, EnvironmentNames.IsValid(name));

    [Fact]
    public void IsValid_Length_CountsUpTo64()
    {
        Assert.True(EnvironmentNames.IsValid(new string('e', 64)));
        Assert.False(EnvironmentNames.IsValid(new string('e', 65)));
    }
}

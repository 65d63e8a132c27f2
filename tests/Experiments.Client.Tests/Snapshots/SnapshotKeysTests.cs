using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests.Snapshots;

public sealed class SnapshotKeysTests
{
    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("AZaz09-._~", "AZaz09-._~")]
    [InlineData(".", "%2E")]
    [InlineData("..", "%2E%2E")]
    [InlineData("...", "...")]
    [InlineData("a..b", "a..b")]
    [InlineData("my env", "my%20env")]
    [InlineData("a/b", "a%2Fb")]
    [InlineData("a\\b", "a%5Cb")]
    [InlineData("ünï", "%C3%BCn%C3%AF")]
    [InlineData("\ud83d\ude00", "%F0%9F%98%80")]
    [InlineData("100%", "100%25")]
    [InlineData("%2E", "%252E")]
    [InlineData("a+b&c=d?e#f:g", "a%2Bb%26c%3Dd%3Fe%23f%3Ag")]
    [InlineData("*'()!", "%2A%27%28%29%21")]
    public void Escape_Name_IsPercentEncodedUtf8(string environment, string escaped) =>
        Assert.Equal(escaped, SnapshotKeys.Escape(environment));

    [Fact]
    public void Escape_LoneSurrogate_IsTheReplacementCharacter()
    {
        Assert.Equal("a%EF%BF%BD", SnapshotKeys.Escape("a\ud800"));
        Assert.Equal("%EF%BF%BD%EF%BF%BD", SnapshotKeys.Escape("\udc00\ud800"));
    }

    [Fact]
    public void Keys_OfAnEnvironment_AreTheContractsPaths()
    {
        Assert.Equal("configs/my%20env/version.json", SnapshotKeys.Pointer("my env"));
        Assert.Equal("configs/my%20env/snapshots/latest.json", SnapshotKeys.Latest("my env"));
        Assert.Equal("configs/my%20env/snapshots/1234567.json", SnapshotKeys.Snapshot("my env", 1_234_567));
    }
}

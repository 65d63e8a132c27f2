using Experiments.Control.Publishing;

namespace Experiments.Control.Tests.Publishing;

public sealed class RetentionRuleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    // Versions 1 to 9; version n was written 10 - n days ago, so that n + 1 took its place 9 - n days ago.
    [Theory]
    [InlineData(null, null, 7, "")]
    [InlineData(1, null, 7, "1 2 3 4 5 6")]
    [InlineData(3, null, 7, "1 2 3 4")]
    [InlineData(7, null, 7, "")]
    [InlineData(100, null, 7, "")]
    [InlineData(null, 5, 7, "1 2 3")]
    [InlineData(null, 1, 7, "1 2 3 4 5 6")]
    [InlineData(2, 5, 7, "1 2 3")]
    [InlineData(5, 5, 7, "1 2")]
    [InlineData(1, null, 0, "")]
    [InlineData(1, 1, 9, "1 2 3 4 5 6 7")]
    [InlineData(1, null, 12, "1 2 3 4 5 6 7 8")]
    public void Expired_ByNumberAndAge_LeavesTheLiveOneAndWhatIsNewer(int? versions, int? days, long live, string expected)
    {
        var rule = new RetentionRule(versions, days is { } count ? TimeSpan.FromDays(count) : null);
        IEnumerable<StoredVersion> stored = Enumerable.Range(1, 9).Reverse().Select(static one => new StoredVersion(one, s_now.AddDays(one - 10), 1));
        Assert.Equal(expected, string.Join(' ', rule.Expired(stored, live, s_now).Select(static one => one.Version)));
    }

    [Fact]
    public void Expired_LiveForLongAndReplacedJustNow_StaysForItsAgeAndForTheGrace()
    {
        StoredVersion[] stored = [new(1, s_now.AddDays(-60), 1), new(2, s_now.AddMinutes(-1), 1)];
        Assert.Empty(new RetentionRule(KeepVersions: null, KeepFor: TimeSpan.FromDays(30)).Expired(stored, 2, s_now));
        Assert.Empty(new RetentionRule(KeepVersions: 1, KeepFor: null, Grace: TimeSpan.FromMinutes(10)).Expired(stored, 2, s_now));
        Assert.Single(new RetentionRule(KeepVersions: 1, KeepFor: null, Grace: TimeSpan.FromMinutes(10)).Expired(stored, 2, s_now.AddMinutes(9)));
    }
}

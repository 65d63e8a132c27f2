using Experiments.Decide.Endpoints.Environments;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

public sealed class UnpublishedNamesTests
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Contains_AfterItsLifetime_IsFalse()
    {
        var names = new UnpublishedNames(s_lifetime, _time);
        names.Add("a");
        _time.Advance(s_lifetime - TimeSpan.FromTicks(1));
        names.Add("a"); // Does not live longer for being added again.
        Assert.True(names.Contains("a"));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(names.Contains("a"));
        Assert.Equal(0, names.Count);
    }

    [Fact]
    public void Add_BeyondTheLimit_ForgetsTheOldest()
    {
        var names = new UnpublishedNames(s_lifetime, _time);
        for (int i = 0; i <= UnpublishedNames.MaxCount; i++)
        {
            names.Add($"{i}");
        }

        Assert.Equal(UnpublishedNames.MaxCount, names.Count);
        Assert.False(names.Contains("0"));
        Assert.True(names.Contains("1"));
        Assert.True(names.Contains($"{UnpublishedNames.MaxCount}"));
    }

    [Fact]
    public void Remove_ThenAddAgain_KeepsEveryLifetime()
    {
        var names = new UnpublishedNames(s_lifetime, _time);
        names.Add("a");
        names.Add("b");
        names.Remove("a");
        names.Remove("never added");
        Assert.False(names.Contains("a"));
        _time.Advance(s_lifetime / 2);
        names.Add("a");
        _time.Advance(s_lifetime / 2);
        Assert.False(names.Contains("b"));
        Assert.True(names.Contains("a"));
        _time.Advance(s_lifetime / 2);
        Assert.False(names.Contains("a"));
    }
}

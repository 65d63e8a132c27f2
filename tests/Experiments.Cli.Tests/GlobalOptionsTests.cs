using System.CommandLine;
using Experiments.Cli.Commands;

namespace Experiments.Cli.Tests;

public sealed class GlobalOptionsTests
{
    [Fact]
    public void Timeout_NotGiven_IsHalfAMinuteAndNoneForWhatWaits()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), TimeoutOf(waits: false));
        Assert.Equal(Timeout.InfiniteTimeSpan, TimeoutOf(waits: true));
    }

    [Theory]
    [InlineData("5", 5d)]
    [InlineData("30", 30d)]
    [InlineData("0.5", 0.5)]
    public void Timeout_Given_IsTakenByEveryCommand(string given, double seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeoutOf(waits: false, "--timeout", given));
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeoutOf(waits: true, "--timeout", given));
    }

    private static TimeSpan TimeoutOf(bool waits, params string[] arguments)
    {
        var options = new GlobalOptions();
        var root = new RootCommand("The tool") { new Command("work", "Works") };
        options.AddTo(root);
        string[] all = ["work", .. arguments];
        return options.ApiSettings(root.Parse(all), waits).Timeout;
    }
}

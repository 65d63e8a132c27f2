using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class PollScheduleTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 4)]
    [InlineData(30, 4)]
    [InlineData(int.MaxValue, 4)]
    public void Next_FailuresInARow_DoublesUpToFourTimesWithinTheJitter(int failures, int factor)
    {
        var schedule = new PollSchedule(s_interval, new Random(7));
        TimeSpan[] waits = [.. Enumerable.Range(0, 2_000).Select(_ => schedule.Next(failures))];
        Assert.All(waits, wait => Assert.InRange(wait, s_interval * factor * 0.9, s_interval * factor * 1.1));

        // Spread over the whole band, to both sides.
        Assert.InRange(waits.Min(), s_interval * factor * 0.9, s_interval * factor * 0.905);
        Assert.InRange(waits.Max(), s_interval * factor * 1.095, s_interval * factor * 1.1);
    }

    [Fact]
    public void Next_LongestInterval_FitsATimer()
    {
        var schedule = new PollSchedule(ExperimentsOptions.MaxPollInterval, new Random(7));
        Assert.InRange(schedule.Next(10).TotalMilliseconds, 1, int.MaxValue - 1.0);
    }
}

using Experiments.Client.Sources;

namespace Experiments.Client.Tests.Sources;

public sealed class PollScheduleTests
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData(0, 0.9, 1.1)]
    [InlineData(1, 0.2, 0.25)]
    [InlineData(2, 0.4, 0.5)]
    [InlineData(3, 0.8, 1)]
    [InlineData(4, 0.8, 1)]
    [InlineData(30, 0.8, 1)]
    [InlineData(int.MaxValue, 0.8, 1)]
    public void Next_FailuresInARow_GrowsUpToOneIntervalWithinTheJitter(int failures, double min, double max)
    {
        var schedule = new PollSchedule(s_interval, new Random(7));
        TimeSpan[] waits = [.. Enumerable.Range(0, 2_000).Select(_ => schedule.Next(failures, TimeSpan.Zero))];
        Assert.All(waits, wait => Assert.InRange(wait, s_interval * min, s_interval * max));

        // Spread over the whole band, to both sides.
        double edge = (max - min) * 0.05;
        Assert.InRange(waits.Min(), s_interval * min, s_interval * (min + edge));
        Assert.InRange(waits.Max(), s_interval * (max - edge), s_interval * max);
    }

    [Fact]
    public void Next_FailureThatTookTime_CountsFromItsStart()
    {
        var schedule = new PollSchedule(s_interval, new Random(7));
        for (int failures = 1; failures < 10; failures++)
        {
            Assert.InRange(schedule.Next(failures, s_interval * 0.7), TimeSpan.Zero, s_interval * 0.3);
            Assert.Equal(TimeSpan.Zero, schedule.Next(failures, s_interval));
            Assert.Equal(TimeSpan.Zero, schedule.Next(failures, s_interval * 20));
        }
    }

    [Fact]
    public void Next_SuccessThatTookTime_WaitsTheWholeInterval()
    {
        var schedule = new PollSchedule(s_interval, new Random(7));
        Assert.InRange(schedule.Next(0, s_interval * 20), s_interval * 0.9, s_interval * 1.1);
    }

    [Theory]
    [InlineData(50, 5_000)]
    [InlineData(5_000, 5_000)]
    [InlineData(7_000, 7_000)]
    [InlineData(10_000, 10_000)]
    [InlineData(86_400_000, 10_000)]
    public void AnswerTimeout_AnyInterval_IsOneIntervalFrom5To10Seconds(int intervalMs, int timeoutMs) => Assert.Equal(
        TimeSpan.FromMilliseconds(timeoutMs), new PollSchedule(TimeSpan.FromMilliseconds(intervalMs), new Random(7)).AnswerTimeout);

    [Fact]
    public void Next_LongestInterval_FitsATimer()
    {
        var schedule = new PollSchedule(ExperimentsOptions.MaxPollInterval, new Random(7));
        Assert.InRange(schedule.Next(0, TimeSpan.Zero).TotalMilliseconds, 1, int.MaxValue - 1.0);
    }
}

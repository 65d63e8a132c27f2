using Xunit.Sdk;

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>A wait in a test ends at its deadline and says what it saw.</summary>
public sealed class EventuallyTests
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Read_ValueComesLater_ReturnsIt()
    {
        int looks = 0;

        int value = await Eventually.ReadAsync(_ => Task.FromResult(++looks), look => look == 3, "the third look");

        Assert.Equal(3, value);
    }

    [Fact]
    public async Task Read_NeverWanted_FailsWithExpectationLastValueAndState()
    {
        XunitException failure = await Assert.ThrowsAsync<XunitException>(
            () => Eventually.ReadAsync(_ => Task.FromResult("old"), _ => false, "new content", s_soon, () => "the log"));

        Assert.StartsWith("Expected within 0.2 s: new content. Last of ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"looks: old{Environment.NewLine}the log", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_IgnoresItsTokenAndNeverReturns_FailsAtTheDeadline()
    {
        TaskCompletionSource<bool> never = new();

        XunitException failure = await Assert.ThrowsAsync<XunitException>(
            () => Eventually.HoldsAsync(_ => never.Task, "an answer", s_soon));

        Assert.Contains("the first look did not return", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_AssertionKeepsFailing_ShowsItsLastFailure()
    {
        XunitException failure = await Assert.ThrowsAsync<XunitException>(
            () => Eventually.PassesAsync(() => throw new InvalidOperationException("still 1"), "two", s_soon));

        Assert.Contains("InvalidOperationException: still 1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Holds_ConditionAborts_EndsTheWaitAtOnce() =>
        await Assert.ThrowsAsync<EventuallyAbortedException>(
            () => Eventually.HoldsAsync(() => throw new EventuallyAbortedException("the process ended"), "health"));
}

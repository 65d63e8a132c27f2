using Experiments.Decide.Endpoints.Environments;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

public sealed class LogBudgetTests
{
    [Fact]
    public void TryTake_MoreThanTheWindowAllows_IsFalseUntilTheNext()
    {
        var time = new FakeTimeProvider();
        var budget = new LogBudget(2, TimeSpan.FromMinutes(1), time);
        Assert.Equal([true, true, false], [budget.TryTake(), budget.TryTake(), budget.TryTake()]);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(budget.TryTake());
    }
}

using Experiments.Control.Definitions;

namespace Experiments.Control.Tests.Definitions;

public sealed class ExperimentLifecycleTests
{
    [Fact]
    public void TryParse_EveryName_IsTheStatusOfThatName()
    {
        foreach (ExperimentStatus status in Enum.GetValues<ExperimentStatus>())
        {
            Assert.True(ExperimentLifecycle.TryParse(ExperimentLifecycle.NameOf(status), out ExperimentStatus parsed));
            Assert.Equal(status, parsed);
            Assert.Equal(status.ToString().ToUpperInvariant(), ExperimentLifecycle.NameOf(status));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("draft")]
    [InlineData("0")]
    [InlineData("RUNNING ")]
    public void TryParse_AnythingElse_IsRefused(string name) => Assert.False(ExperimentLifecycle.TryParse(name, out _));

    [Fact]
    public void CanFollow_AllPairs_AreThoseOfTheContract()
    {
        ExperimentStatus[] all = Enum.GetValues<ExperimentStatus>();

        IEnumerable<string> allowed = all.SelectMany(from => all
            .Where(to => ExperimentLifecycle.CanFollow(from, to))
            .Select(to => $"{from}->{to}"));

        Assert.Equal(
            ["Draft->Running", "Draft->Archived", "Running->Paused", "Running->Archived", "Paused->Running", "Paused->Archived"], allowed);
    }
}

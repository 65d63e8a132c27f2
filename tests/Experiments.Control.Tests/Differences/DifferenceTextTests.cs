using Experiments.Control.Differences;
using static Experiments.Control.Tests.Differences.Contents;

namespace Experiments.Control.Tests.Differences;

public sealed class DifferenceTextTests
{
    [Fact]
    public void Of_Nothing_SaysSo() => Assert.Equal("No changes.", DifferenceText.Of([]));

    [Fact]
    public void Of_Several_CountsAndGroupsThem()
    {
        string text = DifferenceText.Of(EnvironmentDifference.Between(
            Of(Flag(1, "a"), Flag(2, "b", Rule(3, "x"), Rule(4, "y")), Audience(5, "staff")),
            Of(Flag(1, "a") with { IsEnabled = false }, Flag(2, "b", Rule(4, "y", 1), Rule(3, "x")), Flag(6, "c"))));

        Assert.Equal(
            """
            4 changes: 1 audience removed; 1 flag added, 2 changed.
            Flag "a": turned off.
            Flag "b":
              rule "y" moved from 2 to 1.
              rule 1 "y" serves "low", before: serves "high".
            Flag "c" was added (json, enabled, 0 rules).
            """.ReplaceLineEndings("\n"),
            string.Join('\n', text.Split('\n').Where(static line => !line.StartsWith("Audience", StringComparison.Ordinal))));
        Assert.Contains("\nAudience \"staff\" was removed.\n", text, StringComparison.Ordinal);
    }
}

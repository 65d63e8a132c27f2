using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Tests.Models;

public sealed class LineDifferenceTests
{
    [Fact]
    public void Between_SameTexts_MarksNothing()
    {
        (IReadOnlyList<DiffLine> before, IReadOnlyList<DiffLine> after) = LineDifference.Between("a\nb", "a\r\nb");

        Assert.DoesNotContain(before, static line => line.IsChanged);
        Assert.Equal(before, after);
    }

    [Fact]
    public void Between_NothingAndAText_MarksAllOfIt()
    {
        (IReadOnlyList<DiffLine> before, IReadOnlyList<DiffLine> after) = LineDifference.Between("", "a\nb");

        Assert.Empty(before);
        Assert.Equal([new DiffLine("a", true), new DiffLine("b", true)], after);
    }

    [Fact]
    public void Between_LinesMovedAndChanged_KeepsALongestCommonPart()
    {
        (IReadOnlyList<DiffLine> before, IReadOnlyList<DiffLine> after) = LineDifference.Between("start\na\nb\nc\nend", "start\nb\nc\nx\na\nend");

        Assert.Equal(["a"], Changed(before));
        Assert.Equal(["x", "a"], Changed(after));
    }

    [Fact]
    public void Between_ChangeInTheMiddleOfMuch_LeavesOutWhatIsFarFromIt()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(static i => $"line {i}")];
        string before = string.Join('\n', lines);
        lines[20] = "other";
        (_, IReadOnlyList<DiffLine> after) = LineDifference.Between(before, string.Join('\n', lines));

        Assert.Equal(
            ["17 lines that are the same", "line 17", "line 18", "line 19", "other", "line 21", "line 22", "line 23", "16 lines that are the same"],
            after.Select(static line => line.Text));
        Assert.Equal(2, after.Count(static line => line.IsGap));
    }

    private static IEnumerable<string> Changed(IReadOnlyList<DiffLine> lines) => lines.Where(static line => line.IsChanged).Select(static line => line.Text);
}

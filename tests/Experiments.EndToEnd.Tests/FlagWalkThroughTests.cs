using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

public sealed class FlagWalkThroughTests(ITestOutputHelper log)
{
    /// <summary>Each step leaves what it is about in the output, in order.</summary>
    [Fact]
    public async Task Flags_AllInOne_WorksAsPrinted()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [], log);
        string output = await WalkThrough.RunAsync(server.Url, "docs/flags.md");
        int from = 0;
        foreach (string expected in new[]
        {
            "\"key\":\"new-nav\",\"variant\":\"on\",\"value\":true,\"reason\":\"OVERRIDE\"",
            "rule 2 rollout",
            "x-publish-succeeded: true",
            "\"publish\":\"manual\"",
            "turned off",
            "turned off",
            "\"variant\":\"off\",\"value\":false,\"reason\":\"DISABLED\"",
            "\"note\":\"off for the night\"",
            "turned on",
            "\"reason\":\"OVERRIDE\"",
            "\"actor\":\"ann\",\"reason\":\"it was not the flag\"",
            "412",
        })
        {
            int at = output.IndexOf(expected, from, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{expected}' is not where it should be in\n{output}");
            from = at + expected.Length;
        }

        Assert.DoesNotContain("x-reassigned-share", output, StringComparison.Ordinal);
    }
}

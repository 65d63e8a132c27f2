using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

public sealed class SampleTests(ITestOutputHelper log)
{
    [Fact]
    public async Task MinimalApi_OverTheWalkThroughsSnapshots_DecidesAndSaysWhy()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [], log);
        await WalkThrough.RunAsync(server.Url);
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        var output = new ProcessOutput();
        using var directory = new TempDirectory();
        await using ChildProcess sample = await ChildProcess.StartAsync(
            "MinimalApi",
            "dotnet",
            [
                Repository.BuiltAssembly("samples/MinimalApi"), "--urls", url,
                $"--Snapshots={Path.Combine(server.ContentRoot, "data", "snapshots")}",
            ],
            directory.Path,
            new Dictionary<string, string?>(StringComparer.Ordinal),
            output);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        JsonElement inUs = await Eventually.ReadAsync(
            async cancellation => JsonElement.Parse(await http.GetStringAsync(new Uri("/checkout?user=user-123&country=US", UriKind.Relative), cancellation)),
            answer => answer.GetProperty("reason").GetString() == "Split",
            "a decision of the sample",
            state: output.ToString);
        Assert.Contains(inUs.GetProperty("variant").GetString(), new[] { "control", "treatment" });
        Assert.StartsWith("#", inUs.GetProperty("payload").GetProperty("color").GetString(), StringComparison.Ordinal);
        Assert.True(inUs.GetProperty("snapshotVersion").GetInt64() > 0);

        JsonElement inGermany = JsonElement.Parse(await http.GetStringAsync(new Uri("/checkout?user=user-123&country=DE", UriKind.Relative)));
        Assert.Equal("Default", inGermany.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Null, inGermany.GetProperty("variant").ValueKind);
    }
}

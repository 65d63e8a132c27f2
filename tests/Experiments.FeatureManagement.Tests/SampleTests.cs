using System.Net;

namespace Experiments.FeatureManagement.Tests;

/// <summary>The program that users copy.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Sample_OverASnapshot_DecidesAndFallsThrough()
    {
        using var directory = new TempDirectory();
        Snapshots.Publish(directory.Path, 1, [
            Snapshots.Serving("checkout-button-color", "treatment", """{"color":"#00aa00"}""", Snapshots.Rule("country", "\"US\"")),
            Snapshots.On("new-nav", Snapshots.Rule("groups.0", "\"staff\""))]);
        string url = $"http://127.0.0.1:{FreePort.Next()}";
        var output = new ProcessOutput();
        await using ChildProcess sample = await ChildProcess.StartAsync(
            "FeatureManagement",
            "dotnet",
            [
                Repository.BuiltAssembly("samples/FeatureManagement"), "--urls", url, $"--Snapshots={directory.Path}",
                "--contentRoot", Repository.PathOf("samples", "FeatureManagement"),
            ],
            directory.Path,
            new Dictionary<string, string?>(StringComparer.Ordinal),
            output);
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        await Eventually.ReadAsync(
            cancellation => http.GetStringAsync(new Uri("/checkout?user=alice&country=US", UriKind.Relative), cancellation),
            body => body == """{"variant":"treatment","color":"#00aa00"}""",
            "a decision of the sample",
            state: output.ToString);
        Assert.Equal("""{"variant":null,"color":"#cccccc"}""", await http.GetStringAsync(new Uri("/checkout?user=alice&country=DE", UriKind.Relative)));
        Assert.Equal("Hello from appsettings.json", await http.GetStringAsync(new Uri("/greeting", UriKind.Relative)));
        Assert.Equal("The new navigation", await http.GetStringAsync(new Uri("/navigation?user=alice&groups=staff", UriKind.Relative)));
        using HttpResponseMessage gated = await http.GetAsync(new Uri("/navigation?user=alice&groups=guests", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gated.StatusCode);
    }
}

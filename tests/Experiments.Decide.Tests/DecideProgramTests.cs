using System.Text.Json;
using Experiments.Decide.Tests.Support;

namespace Experiments.Decide.Tests;

/// <summary>The program as a process: what it prints, what it exits with.</summary>
public sealed class DecideProgramTests(Xunit.Abstractions.ITestOutputHelper log)
{
    [Fact]
    public async Task Run_BadConfiguration_PrintsEveryProblemAndExitsWith1()
    {
        await using var process = new ProductProcess(
            ProductProgram.Decide, [("Snapshots:Kind", "disk"), ("PollInterval", "soon")], log);
        await process.LaunchAsync();
        Assert.Equal(1, await process.WaitForExitAsync());
        string output = process.Output.ToString();
        Assert.Contains("Experiments:Snapshots:Kind is 'disk'; allowed is one of directory, s3", output, StringComparison.Ordinal);
        Assert.Contains("Experiments:PollInterval is 'soon'; allowed is a time", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_SaysSoAndExitsWith1()
    {
        using var store = new SnapshotStore();
        await using DecideServer server = await DecideServer.StartAsync(store);
        Assert.Equal(1, await DecideProgram.RunAsync(["--urls", server.Url, "--contentRoot", Path.GetDirectoryName(store.Path)!]));
    }

    [Fact]
    public async Task Run_ToldToStop_SaysWhatItDidAndExitsWith0()
    {
        using var store = new SnapshotStore();
        store.Publish("prod", 1);
        await using ProductProcess process = await ProductProcess.StartAsync(
            ProductProgram.Decide, [("Snapshots:Directory", store.Path)], log);
        using HttpResponseMessage response = await process.Http.GetAsync(new Uri("/decide?user_key=u&env=prod", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(0, await process.StopAsync());
        string output = process.Output.ToString();
        Assert.Contains($"Experiments.Decide listens on {process.Url}", output, StringComparison.Ordinal);
        Assert.Contains($"Snapshots come from {store.Path}", output, StringComparison.Ordinal);
        Assert.Contains($"curl '{process.Url}/decide?user_key=user-123&env=prod'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Request starting", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_JsonConsole_LogsWhatNobodyReadsAsOneObjectALine()
    {
        await using var process = new ProductProcess(ProductProgram.Decide, [("PollIntervall", "a secret"), ("Store:Kind", "litedb")], log);
        await File.WriteAllTextAsync(
            Path.Combine(process.ContentRoot, "appsettings.json"), """{"Logging":{"Console":{"FormatterName":"json"}}}""");
        await process.StartAsync();
        const string Warning = "Experiments:PollIntervall is no setting; did you mean Experiments:PollInterval?";
        await Eventually.HoldsAsync(() => process.Output.ToString().Contains(Warning, StringComparison.Ordinal), "the warning");
        string line = process.Output.Lines.First(static one => one.Contains("is no setting", StringComparison.Ordinal));
        JsonElement logged = JsonElement.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(Warning, logged.GetProperty("Message").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", logged.GetProperty("Timestamp").GetString()!);
        string[] printed = [.. process.Output.Lines.Where(static one => !one.StartsWith("harness:", StringComparison.Ordinal))]; // which shows the command line
        Assert.All(printed, static one => Assert.DoesNotContain("a secret", one, StringComparison.Ordinal));

        // A file for all programs: what another one reads is no mistake.
        Assert.All(printed, static one => Assert.DoesNotContain("Store:Kind", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "http://localhost:3002")]
    [InlineData("--http_ports=4711", "")]
    [InlineData("--Kestrel:Endpoints:A:Url=http://127.0.0.1:4711", "")]
    public async Task Build_WhereToListen_HasADefaultOnlyWhereNothingIsSaid(string argument, string urls)
    {
        using var store = new SnapshotStore();
        await using var app = DecideProgram.Build([argument, "--contentRoot", Path.GetDirectoryName(store.Path)!]);
        Assert.Equal(urls, app.Configuration["urls"] ?? "");
    }
}

using System.Text.Json;

namespace Experiments.Benchmarks.Tests;

/// <summary>That the benchmarks still run, decide what they say and allocate nothing where nothing is promised. No time is asserted:
/// that is for <c>benchmarks/run.sh</c> on a quiet machine.</summary>
public sealed class BarsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly string[] s_rows =
    [
        "decide-one", "decide-one-literal", "flag-is-on", "decide-all-100", "decide-all-1000",
        "peer-feature-management-1", "peer-feature-management-100", "read-context",
        "load-time", "load-memory-kept", "load-memory-peak", "load-memory-resident", "threads", "threads-swap",
    ];

    private static readonly string[] s_free =
        ["decide-one", "decide-one-literal", "flag-is-on", "decide-all-100", "decide-all-1000", "read-context"];

    [Fact]
    public async Task Bars_Quick_GivesEveryRowWithoutAllocationsAndASummary()
    {
        using TempDirectory results = new();
        await RunAsync("bars", "--quick", "--out", results.PathOf("bars.json"));

        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(results.PathOf("bars.json")));
        JsonElement[] rows = [.. json.RootElement.GetProperty("rows").EnumerateArray()];
        Assert.Equal(s_rows, rows.Select(row => row.GetProperty("id").GetString()));
        Assert.All(rows, row => Assert.True(row.GetProperty("measured").GetDouble() > 0, row.ToString()));
        string?[] free = [.. rows.Where(row => row.TryGetProperty("allocatedAtMost", out _)).Select(row => row.GetProperty("id").GetString())];
        Assert.Equal(s_free, free);
        Assert.All(
            rows.Where(row => s_free.Contains(row.GetProperty("id").GetString())),
            row => Assert.True(row.GetProperty("allocatedBytes").GetDouble() == 0, row.ToString()));

        await RunAsync("summary", "--results", results.Path);
        string summary = await File.ReadAllTextAsync(results.PathOf("summary.md"));
        Assert.Contains("| untargeted flag, IsOn |", summary, StringComparison.Ordinal);
        Assert.Contains("start.json is missing", summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bdn_List_NamesEveryClass()
    {
        ProcessOutput output = await RunAsync("bdn", "--list", "flat");
        string[] classes = [.. Directory.EnumerateFiles(Repository.PathOf("benchmarks", "Experiments.Benchmarks", "Bdn"), "*Benchmarks.cs")
            .Select(Path.GetFileNameWithoutExtension)!];
        Assert.NotEmpty(classes);
        Assert.All(classes, name => Assert.Contains(output.Lines, line => line.Contains($".{name}.", StringComparison.Ordinal)));
    }

    private static async Task<ProcessOutput> RunAsync(params string[] arguments)
    {
        string program = Repository.BuiltAssembly("benchmarks/Experiments.Benchmarks");
        await using ChildProcess process = await ChildProcess.StartAsync(
            "Experiments.Benchmarks", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [program, .. arguments], Repository.Root);
        int exitCode = await process.WaitForExitAsync(s_limit);
        Assert.True(exitCode == 0, $"{exitCode}{Environment.NewLine}{process.Output}");
        return process.Output;
    }
}

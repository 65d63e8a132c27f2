using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

public sealed class NativeAotSampleTests : IClassFixture<NativeAotSampleTests.Sample>, IDisposable
{
    private readonly Sample _sample;
    private readonly SnapshotDirectory _snapshots = new();

    public NativeAotSampleTests(Sample sample) => _sample = sample;

    [Theory]
    [InlineData("country=US", 0, "out: treatment {\"color\":\"#00aa44\"} (SPLIT, version 7)")]
    [InlineData("country=DE", 1, "out: no variant  (DEFAULT, version 7)")]
    public async Task Run_OverASnapshot_PrintsTheDecision(string attribute, int exitCode, string expected)
    {
        await using ChildProcess process = await ChildProcess.StartAsync(
            "NativeAot", _sample.Executable, [_snapshots.Path, "checkout-button-color", SnapshotDirectory.TreatmentUser, attribute], _snapshots.Path);
        Assert.Equal(exitCode, await process.WaitForExitAsync());
        Assert.Contains(expected, process.Output.Lines);
    }

    public void Dispose() => _snapshots.Dispose();

    /// <summary>Published once for all tests of this class; a warning fails it.</summary>
    public sealed class Sample : IAsyncLifetime
    {
        private readonly TempDirectory _directory = new();

        public string Executable => _directory.PathOf("NativeAot");

        /// <summary>No restore of its own: that one would be for this runtime only, which the lock files of a CI run do not allow.</summary>
        public Task InitializeAsync() => Dotnet.RunAsync(
            Repository.Root,
            [
                "publish", "samples/NativeAot", "-c", Repository.Configuration, "-r", "linux-x64", "--no-restore", "-o", _directory.Path,
                .. Dotnet.WithoutNativeSymbols,
            ],
            KeyValuePair.Create("CI", Environment.GetEnvironmentVariable("CI")));

        public Task DisposeAsync()
        {
            _directory.Dispose();
            return Task.CompletedTask;
        }
    }
}

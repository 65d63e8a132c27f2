using System.Net;
using System.Text.Json;
using Experiments.Client.Hosting;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Api;

/// <summary>The snapshot store cannot be written: changes stand, and publishing catches up by itself.</summary>
public sealed class PublishFailureTests : IAsyncLifetime
{
    private const int MaxHeaderLength = 512;

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private ControlServer? _server;

    private ApiClient Api => _server!.Api;

    public async Task InitializeAsync() => _server = await StartAsync();

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Change_StoreCannotBeWritten_StandsAndSaysWhy()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        BlockStore();

        Answer answer = (await Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" })).Expect(HttpStatusCode.OK);

        Assert.Equal("RUNNING", answer["status"].GetString());
        AssertFailed(answer);
        Assert.Equal("RUNNING", (await Api.GetAsync(scenario.Path))["status"].GetString());
    }

    [Fact]
    public async Task Delete_StoreCannotBeWritten_StandsAndSaysWhy()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        BlockStore();

        AssertFailed((await Api.DeleteAsync(scenario.Path)).Expect(HttpStatusCode.OK));

        (await Api.GetAsync(scenario.Path)).Expect(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Change_OfNothingLive_IsNotHeldUpByABrokenStore()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        BlockStore();

        Answer answer = (await Api.PatchAsync(scenario.Path, new { name = "renamed" })).Expect(HttpStatusCode.OK);

        Assert.Equal("false", answer.Header("x-publish-attempted"));
        Assert.Null(answer.Header("x-publish-error"));
    }

    [Fact]
    public async Task Change_ErrorOfManyLinesAndLetters_IsOneLineOfAscii()
    {
        string longName = $"\u00fc\r\n\ud83e\uddea{new string('x', 200)}";
        string directory = _directory.PathOf(longName, longName, longName, longName);
        await RestartAsync(SnapshotStoreSettings.InDirectory(directory));
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        Directory.CreateDirectory(directory);
        Directory.Delete(directory, recursive: true);
        await File.WriteAllTextAsync(directory, "a file where the directory should be");

        Answer answer = await Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" });

        AssertFailed(answer);
        Assert.Equal(MaxHeaderLength, answer.Header("x-publish-error")!.Length);
    }

    [Fact]
    public async Task Publish_StoreCannotBeWritten_Answers503()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        BlockStore();

        string error = (await Api.PostAsync($"{scenario.Path}/publish")).ExpectProblem(HttpStatusCode.ServiceUnavailable);

        Assert.Contains(_server!.SnapshotDirectory, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_FailedToPublish_IsPublishedOnceTheStoreIsBack()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        BlockStore();
        await Api.MoveAsync(scenario.ExperimentId, "RUNNING");
        UnblockStore();

        JsonElement snapshot = await AdvanceUntilPublishedAsync(scenario);

        Assert.Equal([scenario.ExperimentId], Shapes.Column(snapshot.GetProperty("experiments"), "id"));
    }

    [Fact]
    public async Task Change_FailedToPublish_IsPublishedAfterARestart()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        BlockStore();
        await Api.MoveAsync(scenario.ExperimentId, "RUNNING");
        await _server!.DisposeAsync();
        UnblockStore();
        _server = await StartAsync();

        // Without moving the clock: the first look is at once.
        JsonElement snapshot = await Eventually.ReadAsync(
            _ => ReadSnapshotAsync(scenario), static read => read.ValueKind == JsonValueKind.Object, "a published snapshot");

        Assert.Equal([scenario.ExperimentId], Shapes.Column(snapshot.GetProperty("experiments"), "id"));
    }

    [Fact]
    public async Task Changes_WhileTheStoreIsDown_ArePublishedTogether()
    {
        ExperimentScenario scenario = await Api.CreateScenarioAsync("RUNNING");
        BlockStore();
        await Api.PatchAsync($"{scenario.Path}/variants/{scenario.TreatmentId}", """{"payload":{"color":"red"}}""");
        await Api.AllocateAsync(scenario.ExperimentId, (scenario.TreatmentId, 0, 9999));
        UnblockStore();

        JsonElement snapshot = await AdvanceUntilPublishedAsync(scenario, minVersion: 2);

        JsonElement experiment = Assert.Single(snapshot.GetProperty("experiments").EnumerateArray());
        Assert.Equal("red", experiment.GetProperty("variants")[1].GetProperty("payload").GetProperty("color").GetString());
        Assert.Equal([scenario.TreatmentId], Shapes.Column(experiment.GetProperty("allocations"), "variantId"));
    }

    [Fact]
    public async Task Change_StoreHangs_IsAnsweredWithin5Seconds()
    {
        var store = new HookedSnapshotStore(new MemorySnapshotStore());
        var entered = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        store.Before = (call, _) =>
        {
            if (call.Member == nameof(ISnapshotStore.CheckAsync))
            {
                return Task.CompletedTask;
            }

            entered.TrySetResult();
            return released.Task;
        };
        await RestartAsync(services: services => services.AddSingleton<ISnapshotStore>(store));
        ExperimentScenario scenario = await Api.CreateScenarioAsync();

        Task<Answer> change = Api.PatchAsync($"{scenario.Path}/status", new { status = "RUNNING" });
        await entered.Task;
        _time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(change.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        Answer answer = await change;
        Assert.Equal("RUNNING", answer.Expect(HttpStatusCode.OK)["status"].GetString());
        AssertFailed(answer);
        Assert.Contains("5 s", answer.Header("x-publish-error"), StringComparison.Ordinal);
        released.SetResult();
    }

    [Fact]
    public async Task Versions_StoreFailedHalfWay_ListsTheFailureWithItsReason()
    {
        var store = new HookedSnapshotStore(new MemorySnapshotStore());
        store.Before = (call, _) => call.Member == nameof(ISnapshotStore.TryCreateAsync)
            ? Task.FromException(new IOException("the disk is full"))
            : Task.CompletedTask;
        await RestartAsync(services: services => services.AddSingleton<ISnapshotStore>(store));
        ExperimentScenario scenario = await Api.CreateScenarioAsync();
        await Api.MoveAsync(scenario.ExperimentId, "RUNNING");

        JsonElement failed = (await Api.GetAsync($"/environments/{scenario.EnvironmentId}/versions"))["data"].EnumerateArray().Last();

        Assert.Equal("FAILED", failed.GetProperty("status").GetString());
        Assert.Equal(1, failed.GetProperty("version").GetInt64());
        Assert.Contains("the disk is full", failed.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("publishedAt").ValueKind);
        Assert.Equal(JsonValueKind.Null, failed.GetProperty("sha256").ValueKind);
    }

    private static void AssertFailed(Answer answer)
    {
        Assert.Equal("true", answer.Header("x-publish-attempted"));
        Assert.Equal("false", answer.Header("x-publish-succeeded"));
        string error = answer.Header("x-publish-error")!;
        Assert.InRange(error.Length, 1, MaxHeaderLength);
        Assert.All(error, c => Assert.InRange(c, ' ', '~'));
    }

    private Task<ControlServer> StartAsync(SnapshotStoreSettings? snapshots = null, Action<IServiceCollection>? services = null) =>
        ControlServer.StartAsync(_directory, snapshots, collection =>
        {
            collection.AddSingleton<TimeProvider>(_time);
            services?.Invoke(collection);
        });

    private async Task RestartAsync(SnapshotStoreSettings? snapshots = null, Action<IServiceCollection>? services = null)
    {
        await _server!.DisposeAsync();
        _server = await StartAsync(snapshots, services);
    }

    private void BlockStore()
    {
        string directory = _server!.SnapshotDirectory;
        if (Directory.Exists(directory))
        {
            Directory.Move(directory, directory + ".away");
        }

        File.WriteAllText(directory, "a file where the directory should be");
    }

    private void UnblockStore()
    {
        string directory = ControlServer.SnapshotsOf(_directory);
        File.Delete(directory);
        if (Directory.Exists(directory + ".away"))
        {
            Directory.Move(directory + ".away", directory);
        }
    }

    private Task<JsonElement> AdvanceUntilPublishedAsync(ExperimentScenario scenario, long minVersion = 1) => Eventually.ReadAsync(
        _ =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return ReadSnapshotAsync(scenario);
        },
        read => read.ValueKind == JsonValueKind.Object && read.GetProperty("version").GetInt64() >= minVersion,
        $"a snapshot of version {minVersion} or higher");

    private async Task<JsonElement> ReadSnapshotAsync(ExperimentScenario scenario)
    {
        Answer latest = await Api.GetAsync($"/configs/{scenario.EnvironmentName}/snapshots/latest.json");
        return latest.Status == HttpStatusCode.OK ? latest.Json : default;
    }
}

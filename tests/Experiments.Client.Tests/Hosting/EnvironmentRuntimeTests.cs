using System.Diagnostics;
using Experiments.Client.Diagnostics;
using Experiments.Client.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Client.Tests.Hosting;

/// <summary>What users see of an environment beside its decisions: status, changes, overrides, embedded snapshot, health, meters, traces.</summary>
public sealed class EnvironmentRuntimeTests
{
    private readonly MemorySource _source = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger _logger = new();
    private readonly ExperimentsOptions _options = new();

    [Fact]
    public async Task Status_FromNothingToStale_FollowsTheSource()
    {
        using EnvironmentRuntime runtime = Create();
        Assert.Equal(new DeciderStatus { Readiness = DeciderReadiness.NotReady, SnapshotVersion = 0 }, runtime.Decider.Status);
        _source.Publish(3);
        await runtime.Poller.PollAsync(default);
        Assert.Equal(
            new DeciderStatus { Readiness = DeciderReadiness.Ready, SnapshotVersion = 3, Age = TimeSpan.Zero }, runtime.Decider.Status);
        _time.Advance(_options.StaleAge);
        Assert.Equal(DeciderReadiness.Ready, runtime.Decider.Status.Readiness);
        _source.Answer = (_, _) => throw new IOException("the wire is cut");
        await runtime.Poller.PollAsync(default);
        _time.Advance(TimeSpan.FromSeconds(1));
        DeciderStatus status = runtime.Decider.Status;
        Assert.Equal((DeciderReadiness.Stale, 3L, "the wire is cut"), (status.Readiness, status.SnapshotVersion, status.LastError));
        Assert.Equal(_options.StaleAge + TimeSpan.FromSeconds(1), status.Age);
        _source.Answer = null;
        await runtime.Poller.PollAsync(default);
        Assert.Equal(DeciderReadiness.Ready, runtime.Decider.Status.Readiness);
        Assert.Null(runtime.Decider.Status.LastError);
    }

    [Fact]
    public async Task OnChange_NewSnapshots_AreToldUntilDisposed()
    {
        using EnvironmentRuntime runtime = Create();
        List<SnapshotChange> changes = [];
        using IDisposable failing = runtime.Decider.OnChange(_ => throw new InvalidOperationException("a listener's fault"));
        IDisposable subscription = runtime.Decider.OnChange(changes.Add);
        _source.Publish(1);
        await runtime.Poller.PollAsync(default);
        _source.Publish(2);
        await runtime.Poller.PollAsync(default);
        subscription.Dispose();
        subscription.Dispose();
        _source.Publish(3);
        await runtime.Poller.PollAsync(default);
        Assert.Equal([(0L, 1L), (1L, 2L)], changes.Select(change => (change.PreviousVersion, change.SnapshotVersion)));
        Assert.All(changes, change => Assert.Equal(["k"], change.ChangedKeys));
        Assert.Equal(3, runtime.Decider.SnapshotVersion);
        Assert.Equal(3, _logger.Collector.GetSnapshot().Count(record => record.Id.Id == 1010));
    }

    [Fact]
    public async Task Overrides_SetByHand_DecideForEveryone()
    {
        _options.Overrides["k"] = "on";
        _options.Overrides["nope"] = "x";
        using EnvironmentRuntime runtime = Create();
        Assert.Equal(DecisionReason.NotReady, runtime.Decider.Decide("k", "user").Reason);
        _source.Publish(1);
        await runtime.Poller.PollAsync(default);
        Decision decision = runtime.Decider.Decide("k", "user");
        Assert.Equal((DecisionReason.Override, "on"), (decision.Reason, decision.VariantKey));
        Assert.Equal(DecisionReason.FlagNotFound, runtime.Decider.Decide("nope", "user").Reason);
    }

    [Fact]
    public async Task Bootstrap_NothingElse_DecidesUntilTheSourceAnswers()
    {
        _options.Bootstrap = () => new MemoryStream(SnapshotJson.Of($"[{SnapshotJson.Serving("k", "1")}]", version: 900));
        using EnvironmentRuntime runtime = Create();
        runtime.LoadLocal();
        Assert.Equal(900, runtime.Decider.Decide("k", "user").SnapshotVersion);
        Assert.Equal(DeciderReadiness.Stale, runtime.Decider.Status.Readiness);

        // Lower than the embedded one, which came from elsewhere.
        _source.Publish(2);
        await runtime.Poller.PollAsync(default);
        Assert.Equal(2, runtime.Decider.Decide("k", "user").SnapshotVersion);
        Assert.Equal(DeciderReadiness.Ready, runtime.Decider.Status.Readiness);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("throws")]
    [InlineData("null")]
    public void Bootstrap_ThatCannotBeUsed_IsLoggedAndForgotten(string content)
    {
        _options.Bootstrap = () => content switch
        {
            "throws" => throw new IOException("no such resource"),
            "null" => null,
            _ => new MemoryStream([.. "{"u8]),
        };
        using EnvironmentRuntime runtime = Create();
        runtime.LoadLocal();
        Assert.Equal(DecisionReason.NotReady, runtime.Decider.Decide("k", "user").Reason);
        Assert.Equal(1009, Assert.Single(_logger.Collector.GetSnapshot()).Id.Id);
    }

    [Fact]
    public async Task HealthCheck_EveryReadiness_IsItsStatus()
    {
        using EnvironmentRuntime runtime = Create();
        var check = new ExperimentsHealthCheck(runtime.Decider);
        var context = new HealthCheckContext { Registration = new HealthCheckRegistration("experiments", check, HealthStatus.Unhealthy, null) };
        Assert.Equal(HealthStatus.Unhealthy, (await check.CheckHealthAsync(context)).Status);
        _source.Publish(3);
        await runtime.Poller.PollAsync(default);
        HealthCheckResult ready = await check.CheckHealthAsync(context);
        Assert.Equal(HealthStatus.Healthy, ready.Status);
        Assert.Contains("version 3", ready.Description, StringComparison.Ordinal);
        _time.Advance(_options.StaleAge + TimeSpan.FromSeconds(1));
        Assert.Equal(HealthStatus.Degraded, (await check.CheckHealthAsync(context)).Status);
    }

    [Fact]
    public async Task AddExperimentsHealthCheck_InAHost_AsksTheDecider()
    {
        using var directory = new TempDirectory();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddExperiments("prod").FromDirectory(directory.Path);
        services.AddHealthChecks().AddExperimentsHealthCheck().AddExperimentsHealthCheck("prod", "again", HealthStatus.Degraded);
        await using ServiceProvider provider = services.BuildServiceProvider();
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["experiments"].Status);
        Assert.Equal(HealthStatus.Degraded, report.Entries["again"].Status);
    }

    [Fact]
    public async Task Meters_Listening_SeeDecisionsVersionAgeAndLoads()
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        var metrics = new ClientMetrics(meters);
        using var decisions = new MetricCollector<long>(meters, ClientMetrics.MeterName, ClientMetrics.DecisionsName);
        using var versions = new MetricCollector<long>(meters, ClientMetrics.MeterName, ClientMetrics.SnapshotVersionName);
        using var ages = new MetricCollector<double>(meters, ClientMetrics.MeterName, ClientMetrics.SnapshotAgeName);
        using var loads = new MetricCollector<double>(meters, ClientMetrics.MeterName, ClientMetrics.LoadDurationName);
        using (EnvironmentRuntime runtime = Create(metrics))
        {
            versions.RecordObservableInstruments();
            Assert.Empty(versions.GetMeasurementSnapshot());
            _source.Publish(7);
            await runtime.Poller.PollAsync(default);
            runtime.Decider.Decide("k", "user");
            runtime.Decider.DecideAll("user", new Decision[1]);
            _time.Advance(TimeSpan.FromSeconds(4));
            versions.RecordObservableInstruments();
            ages.RecordObservableInstruments();
        }

        Assert.Equal(2, decisions.GetMeasurementSnapshot().Count);
        Assert.All(decisions.GetMeasurementSnapshot(), counted => Assert.Equal(
            ("prod", "k", "on", "SPLIT"), (counted.Tags["environment"], counted.Tags["key"], counted.Tags["variant"], counted.Tags["reason"])));
        Assert.Equal(7, Assert.Single(versions.GetMeasurementSnapshot()).Value);
        Assert.Equal(4, Assert.Single(ages.GetMeasurementSnapshot()).Value);
        Assert.Single(loads.GetMeasurementSnapshot());
        versions.Clear();
        versions.RecordObservableInstruments();
        Assert.Empty(versions.GetMeasurementSnapshot()); // Its runtime is gone.
    }

    [Fact]
    public async Task Activities_Listening_SeeEveryPoll()
    {
        List<Activity> polls = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ClientActivities.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (polls)
                {
                    polls.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var parent = new Activity("test").Start();
        using EnvironmentRuntime runtime = Create();
        _source.Publish(1);
        await runtime.Poller.PollAsync(default);
        _source.PutPointer("[]");
        await runtime.Poller.PollAsync(default);

        // Other tests of the process poll too.
        Activity[] own = [.. polls.Where(activity => activity.ParentId == parent.Id)];
        Assert.Equal(["Loaded", "Rejected"], own.Select(activity => activity.GetTagItem("experiments.result")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], own.Select(activity => activity.Status));
    }

    [Fact]
    public async Task RunAsync_PushAndNothingPublishedYet_HearsTheFirstPublish()
    {
        var publish = new SemaphoreSlim(0);
        await using HttpStore server = await HttpStore.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync("event: heartbeat\ndata: prod\n\n");
            await context.Response.Body.FlushAsync();
            await publish.WaitAsync(context.RequestAborted);
            await context.Response.WriteAsync("event: published\ndata: prod\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        _options.PushUrl = new Uri(server.Url);
        using EnvironmentRuntime runtime = Create();
        using var stop = new CancellationTokenSource();
        Task running = runtime.RunAsync(stop.Token);
        await Eventually.HoldsAsync(() => _source.PointerReads == 2, "the first poll, and the look at the beginning of the stream");
        Assert.Null(runtime.Snapshot);
        _source.Publish(3);
        publish.Release();
        await Eventually.HoldsAsync(() => runtime.Snapshot?.Version == 3, "the publish is heard");
        await stop.CancelAsync();
        await running;
    }

    private EnvironmentRuntime Create(ClientMetrics? metrics = null) =>
        new(SnapshotJson.Environment, _source, _options, _time, _logger, metrics);
}

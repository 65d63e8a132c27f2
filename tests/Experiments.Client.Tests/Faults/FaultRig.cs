using System.Globalization;
using Experiments.Client.Hosting;
using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Xunit.Abstractions;

namespace Experiments.Client.Tests.Faults;

/// <summary>The SDK in a real host, on a store behind a proxy, with threads that decide all the time and a clock that moves from one
/// poll to the next. Each polling loop waits for the clock, for an answer that comes in real time, or for one that never comes.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const double Jitter = 1.1;
    private const int DecisionsEachTurn = 10 * FaultSnapshots.Flags;

    private readonly ITestOutputHelper _output;
    private readonly IHost _host;
    private readonly string[] _environments;
    private readonly ExpectedDecisions[] _expected;
    private readonly List<ContinuousReader> _readers = [];
    private readonly bool _ownsStore;
    private long _decisionsBefore;

    private FaultRig(
        ITestOutputHelper output, FaultStore store, FaultProxy? proxy, Action<ExperimentsOptions>? configure, string[] environments)
    {
        _output = output;
        _environments = environments;
        _expected = [.. environments.Select(environment => new ExpectedDecisions(environment))];
        Store = store;
        Proxy = proxy ?? new FaultProxy(store.Upstream ?? "http://127.0.0.1:9");
        _ownsStore = proxy is null;
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Logging.AddFakeLogging();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        foreach (string environment in environments)
        {
            store.Use(builder.Services.AddExperiments(environment, configure), Proxy.Url);
        }

        _host = builder.Build();
    }

    public static TimeSpan Interval => new ExperimentsOptions().PollInterval;

    public FaultStore Store { get; }

    public FaultProxy Proxy { get; }

    public FaultClock Clock { get; } = new();

    public IHost Host => _host;

    public ContinuousReader Reader => _readers[0];

    public IFeatureDecider Decider => DeciderOf(_environments[0]);

    public SnapshotPoller Poller => _host.Services.GetRequiredKeyedService<EnvironmentRuntime>(_environments[0]).Poller;

    public IReadOnlyList<string> Warnings => [.. _host.Services.GetFakeLogCollector().GetSnapshot()
        .Where(record => record.Level >= LogLevel.Warning).Select(record => record.Message)];

    /// <summary>A host that is not started.</summary>
    public static FaultRig Create(
        ITestOutputHelper output, FaultStore store, Action<ExperimentsOptions>? configure = null, params string[] environments) =>
        new(output, store, proxy: null, configure, environments is [] ? [SnapshotJson.Environment] : environments);

    /// <summary>A host that has loaded version 1 and waits for its next poll.</summary>
    public static async Task<FaultRig> StartLoadedAsync(
        ITestOutputHelper output, FaultStore store, Action<ExperimentsOptions>? configure = null, params string[] environments)
    {
        FaultRig rig = Create(output, store, configure, environments);
        await rig.PublishAsync(1);
        await rig.StartAsync();
        Assert.All(rig._environments, environment => Assert.Equal(1, rig.DeciderOf(environment).SnapshotVersion));
        return rig;
    }

    /// <summary>Another host on the same store and proxy, which stay this one's; not started.</summary>
    public FaultRig Another(Action<ExperimentsOptions>? configure = null) => new(_output, Store, Proxy, configure, _environments);

    public IFeatureDecider DeciderOf(string environment) => _host.Services.GetRequiredKeyedService<IFeatureDecider>(environment);

    /// <summary>Starts the host and the threads that decide, and waits for the end of the first poll, if it ends.</summary>
    public async Task StartAsync()
    {
        StartReading();
        await _host.StartAsync();
        await SettleAsync();
        await DecideSomeAsync();
    }

    /// <summary>Starts the threads that decide.</summary>
    public void StartReading()
    {
        for (int i = 0; i < _environments.Length; i++)
        {
            _readers.Add(new ContinuousReader(DeciderOf(_environments[i]), _expected[i]));
        }
    }

    /// <summary>Allows a version and publishes it to every environment.</summary>
    public async Task PublishAsync(long version)
    {
        Allow(version);
        foreach (string environment in _environments)
        {
            await Store.PublishAsync(version, environment);
        }
    }

    public void Allow(long version)
    {
        foreach (ExpectedDecisions expected in _expected)
        {
            expected.Allow(version);
        }
    }

    /// <summary>Waits until every loop waits for the clock, or for an answer that never comes.</summary>
    public Task SettleAsync() => Clock.UntilAsync(
        () => Clock.Waiting + Proxy.Stuck >= _environments.Length,
        $"{_environments.Length} loops at rest; {Clock.Waiting} wait, {Proxy.Stuck} hang");

    /// <summary>Turns the clock to the next event and waits for what comes of it.</summary>
    /// <returns>By how much the clock was turned, at most the limit.</returns>
    public async Task<TimeSpan> TurnAsync(TimeSpan limit)
    {
        (int hangsEnded, int limitsReached) = (Proxy.HangsEnded, Clock.LimitsReached);
        TimeSpan turned = Clock.AdvanceToNext(limit);
        if (Clock.LimitsReached > limitsReached)
        {
            // The connection of a read that was given up closes a moment later.
            await Clock.UntilAsync(
                () => Proxy.HangsEnded > hangsEnded || Clock.Waiting >= _environments.Length, "the end of a hanging read");
        }

        await SettleAsync();
        await DecideSomeAsync();
        return turned;
    }

    /// <summary>Lets at least this time pass on the clock. Ends just after a poll has ended or has begun to hang: the worst moment for a
    /// fault to end.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        for (TimeSpan left = time; left > TimeSpan.Zero;)
        {
            left -= await TurnAsync(TimeSpan.MaxValue);
        }
    }

    /// <summary>Waits until the threads have decided all over once more.</summary>
    public async Task DecideSomeAsync()
    {
        long target = _readers.Sum(reader => reader.Decisions) + (_readers.Count * DecisionsEachTurn);
        await Clock.UntilAsync(() => _readers.Sum(reader => reader.Decisions) >= target, "more decisions");
    }

    /// <summary>Injects a fault; decisions are counted from here on.</summary>
    public void Inject(ProxyFault fault)
    {
        _decisionsBefore = _readers.Sum(reader => reader.Decisions);
        Proxy.Fault = fault;
    }

    /// <summary>Ends the fault and publishes: the version must be in memory within one poll interval. Writes the row of the table.</summary>
    public async Task RecoverAsync(long version, string fault, string what, TimeSpan? interval = null, Func<Task>? end = null)
    {
        TimeSpan limit = (interval ?? Interval) * Jitter;
        Allow(version);
        Proxy.Fault = ProxyFaults.Pass;
        await (end?.Invoke() ?? Task.CompletedTask);
        await PublishAsync(version);
        TimeSpan passed = TimeSpan.Zero;
        while (!_environments.All(environment => DeciderOf(environment).SnapshotVersion == version))
        {
            Assert.True(passed < limit, $"{fault}: version {version} is not in memory after {passed}; the poller says: {Poller.Problem}");
            passed += await TurnAsync(limit - passed);
        }

        Report(fault, what, passed / (interval ?? Interval));
        Assert.Null(Poller.Problem);
    }

    /// <summary>Writes a row of the table, and checks that not one decision failed.</summary>
    public void Report(string fault, string what, double? recovery = null)
    {
        long decisions = _readers.Sum(reader => reader.Decisions) - _decisionsBefore;
        string intervals = recovery?.ToString("0.00", CultureInfo.InvariantCulture) ?? "-";
        _output.WriteLine($"| {fault} | {what} | {decisions} | {_readers.Sum(reader => reader.Failed)} | {intervals} |");
        AssertNoneFailed();
    }

    public void AssertNoneFailed() => Assert.All(_readers, reader => reader.AssertNoneFailed());

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _readers.ForEach(reader => reader.Dispose());
        _host.Dispose();
        if (_ownsStore)
        {
            await Proxy.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}

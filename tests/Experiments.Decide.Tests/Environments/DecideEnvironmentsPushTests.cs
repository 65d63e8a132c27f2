using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Environments;

/// <summary>Which environments listen for publishes, over real connections and on a clock that stands still unless the test moves it: what is
/// found without that was heard.</summary>
public sealed class DecideEnvironmentsPushTests : IAsyncLifetime
{
    private const int LostEventId = 1011;
    private const int FullEventId = 4005;

    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSource _source = new();
    private readonly FakeLogCollector _logs = new();
    private PushServer _server = null!;

    public async Task InitializeAsync() => _server = await PushServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _source.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task FindAsync_MadeUpNames_OpenNoConnection()
    {
        await using DecideEnvironments environments = Create();
        for (int i = 0; i < 50; i++)
        {
            Assert.Null(await environments.FindAsync($"made-up-{i}", default));
        }

        await Eventually.HoldsAsync(() => environments.Counts == (0, 50), "all are forgotten");

        // Had any of them connected, then before this one.
        await ListenAsync(environments, "prod", "prod");
        Assert.Equal(1, _server.Connections);
    }

    [Fact]
    public async Task FindAsync_MadeUpNamesAndNoServer_LogNothing()
    {
        PushServer gone = await PushServer.StartAsync();
        Uri nobody = gone.Url;
        await gone.DisposeAsync();
        await using DecideEnvironments environments = Create(pushUrl: nobody);
        for (int i = 0; i < 50; i++)
        {
            Assert.Null(await environments.FindAsync($"made-up-{i}", default));
        }

        await Eventually.HoldsAsync(() => environments.Counts == (0, 50), "all are forgotten");
        _source.Publish("prod", 1);
        Assert.NotNull(await environments.FindAsync("prod", default));
        await Eventually.HoldsAsync(() => Logged(LostEventId).Length > 0, "the refused connection is logged");
        Assert.Contains("prod", Assert.Single(Logged(LostEventId)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindAsync_Published_HearsTheNextPublish()
    {
        await using DecideEnvironments environments = Create();
        await ListenAsync(environments, "prod", "prod");

        // The pointer and the snapshot, and the pointer again once somebody listens.
        await Eventually.HoldsAsync(() => _source.Reads == 3, "the look at the beginning of the stream");
        _source.Publish("prod", 2);
        _server.Publish("prod");
        await VersionIsAsync(environments, "prod", 2);
    }

    [Fact]
    public async Task StartNamedAsync_NothingPublishedYet_HearsTheFirstPublish()
    {
        await using DecideEnvironments environments = Create(named: "soon");
        await environments.StartNamedAsync(default);
        await ListeningAsync("soon");
        _source.Publish("soon", 1);
        _server.Publish("soon");
        await VersionIsAsync(environments, "soon", 1);
    }

    [Fact]
    public async Task FindAsync_MoreThanTheBound_ListenOnceThereIsRoomAndItIsSaidOnce()
    {
        await using DecideEnvironments environments = Create(maxPushStreams: 2, maxEnvironments: 3);
        await ListenAsync(environments, "a", "a");
        await ListenAsync(environments, "b", "a b");
        await ListenAsync(environments, "c", "a b");
        await Eventually.HoldsAsync(() => Logged(FullEventId).Length == 1, "it is said that no more listen");
        Assert.Equal(2, _server.Connections);

        // The fourth has the first evicted, and the third has waited longer than the fourth.
        await ListenAsync(environments, "d", "b c");
        _source.Publish("c", 2);
        _server.Publish("c");
        await VersionIsAsync(environments, "c", 2);
        Assert.Single(Logged(FullEventId));
    }

    [Fact]
    public async Task FindAsync_BeyondTheBound_IsPolled()
    {
        await using DecideEnvironments environments = Create(maxPushStreams: 1);
        await ListenAsync(environments, "a", "a");
        await ListenAsync(environments, "b", "a");
        _source.Publish("b", 2);
        await Eventually.HoldsAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return environments.FindHeld("b")?.Prepared?.Snapshot.Version == 2;
            },
            "a poll finds it");
    }

    [Fact]
    public async Task DisposeAsync_SomeListenAndSomeWait_ClosesAllStreams()
    {
        DecideEnvironments environments = Create(maxPushStreams: 1);
        await ListenAsync(environments, "a", "a");
        await ListenAsync(environments, "b", "a");
        await environments.DisposeAsync();
        await ListeningAsync("");
        Assert.Equal(1, _server.Connections);
    }

    private async Task ListenAsync(DecideEnvironments environments, string name, string listening)
    {
        // So that the order in which they were used last is known.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        _source.Publish(name, 1);
        Assert.NotNull(await environments.FindAsync(name, default));
        await ListeningAsync(listening);
    }

    private Task ListeningAsync(string names) =>
        Eventually.HoldsAsync(() => _server.Listening == names, $"only these listen: {names}", state: () => _server.Listening);

    private static Task VersionIsAsync(DecideEnvironments environments, string name, long version) => Eventually.HoldsAsync(
        () => environments.FindHeld(name)?.Prepared?.Snapshot.Version == version, $"version {version} of {name}");

    private FakeLogRecord[] Logged(int eventId) => [.. _logs.GetSnapshot().Where(record => record.Id.Id == eventId)];

    private DecideEnvironments Create(
        string? named = null, Uri? pushUrl = null, int maxPushStreams = PushStreams.MaxCount, int maxEnvironments = 10_000) => new(
        new DecideSettings
        {
            Snapshots = SnapshotStoreSettings.InDirectory("unused"),
            LastGoodDirectory = _directory.PathOf("last-good"),
            Environments = named is null ? [] : [named],
            MaxEnvironments = maxEnvironments,
            PushUrl = pushUrl ?? _server.Url,
        },
        _source,
        _time,
        new FakeLogger<DecideEnvironments>(_logs),
        maxPushStreams: maxPushStreams);
}

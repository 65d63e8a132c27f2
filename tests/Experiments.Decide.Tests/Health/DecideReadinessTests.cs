using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Decide.Endpoints.Environments;
using Experiments.Decide.Endpoints.Health;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Decide.Tests.Health;

public sealed class DecideReadinessTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private readonly FakeSource _source = new();

    public void Dispose()
    {
        _source.Release();
        _directory.Dispose();
    }

    [Fact]
    public async Task FindReason_NothingNamedAndNothingPublished_IsNone()
    {
        (DecideReadiness readiness, DecideEnvironments environments) = Create();
        await using (environments)
        {
            Assert.Null(await readiness.FindReasonAsync(default));
        }
    }

    [Fact]
    public async Task FindReason_NothingNamedAndTheStoreFails_IsWhatTheStoreSays()
    {
        _source.Failure = "there is no bucket";
        (DecideReadiness readiness, DecideEnvironments environments) = Create();
        await using (environments)
        {
            IOException failure = await Assert.ThrowsAsync<IOException>(() => readiness.FindReasonAsync(default));
            Assert.Equal("there is no bucket", failure.Message);
            Assert.Null(await environments.FindAsync("prod", default));
            await Eventually.HoldsAsync(() => environments.Problems.GetValueOrDefault("prod") == "there is no bucket", "the problem");
        }
    }

    [Fact]
    public async Task FindReason_StoreFailsAfterALoad_IsNone()
    {
        _source.Publish("prod", 1);
        (DecideReadiness readiness, DecideEnvironments environments) = Create();
        await using (environments)
        {
            Assert.NotNull(await environments.FindAsync("prod", default));
            _source.Failure = "gone";
            Assert.Null(await readiness.FindReasonAsync(default));
        }
    }

    [Fact]
    public async Task FindReason_StoreHangsAtARestart_TheLastGoodIsEnough()
    {
        _source.Publish("prod", 1);
        (_, DecideEnvironments before) = Create();
        await using (before)
        {
            Assert.NotNull(await before.FindAsync("prod", default));
            await before.PollNowAsync("prod", default);
        }

        using var hanging = new FakeSource();
        hanging.Hang();
        (DecideReadiness readiness, DecideEnvironments environments) = Create(hanging);
        await using (environments)
        {
            Assert.Null(await readiness.FindReasonAsync(default));
            Assert.Equal("prod", Assert.Single(environments.Kept).Name);
            hanging.Release();
        }
    }

    [Fact]
    public async Task FindReason_Named_IsWhyItIsNotLoadedUntilItIs()
    {
        _source.Hang();
        _source.Publish("prod", 1);
        (DecideReadiness readiness, DecideEnvironments environments) = Create(null, "prod", "later");
        await using (environments)
        {
            await environments.StartNamedAsync(default);
            Assert.Equal(
                "prod: no snapshot yet: the store has not answered yet; later: no snapshot yet: the store has not answered yet",
                await readiness.FindReasonAsync(default));
            _source.Release();
            await Eventually.HoldsAsync(async _ => await readiness.FindReasonAsync(default) is null, "ready");
        }
    }

    [Fact]
    public async Task FindReason_NamedAndTheStoreFails_NamesBoth()
    {
        _source.Failure = "there is no bucket";
        (DecideReadiness readiness, DecideEnvironments environments) = Create(null, "prod");
        await using (environments)
        {
            await environments.StartNamedAsync(default);
            await Eventually.HoldsAsync(
                async _ => await readiness.FindReasonAsync(default) == "prod: no snapshot yet: there is no bucket", "the reason");
            Assert.Equal("there is no bucket", environments.Problems["prod"]);
        }
    }

    private (DecideReadiness Readiness, DecideEnvironments Environments) Create(FakeSource? source = null, params string[] named)
    {
        var settings = new DecideSettings
        {
            Snapshots = SnapshotStoreSettings.InDirectory("unused"),
            LastGoodDirectory = _directory.PathOf("last-good"),
            Environments = named,
        };
        var environments = new DecideEnvironments(settings, source ?? _source, _time, new FakeLogger<DecideEnvironments>());
        return (new DecideReadiness(environments, settings), environments);
    }
}

using System.Net;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Api;

/// <summary>Lists of everything there is, so each test has a server of its own; its clock stands still unless the test moves it.</summary>
public sealed class ListOrderTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private ControlServer? _server;

    private ApiClient Api => _server!.Api;

    public async Task InitializeAsync() =>
        _server = await ControlServer.StartAsync(_directory, services: services => services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Environments_AnyCreationOrder_AreListedByNameOrdinally()
    {
        foreach (string name in new[] { "b", "\u00e4", "a10", "B", "a9", "_", "A", "a" })
        {
            await Api.CreateEnvironmentAsync(name);
        }

        Answer list = await Api.GetAsync("/environments");

        Assert.Equal(["A", "B", "_", "a", "a10", "a9", "b", "\u00e4"], Shapes.Column(list["data"], "name"));
    }

    [Fact]
    public async Task Environments_SecondPage_GoesOnByName()
    {
        foreach (string name in new[] { "e", "c", "a", "d", "b" })
        {
            await Api.CreateEnvironmentAsync(name);
        }

        Answer list = await Api.GetAsync("/environments?page=2&pageSize=2");

        Assert.Equal(["c", "d"], Shapes.Column(list["data"], "name"));
    }

    [Fact]
    public async Task Experiments_CreatedAtDifferentTimes_AreListedNewestFirst()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        foreach (string key in new[] { "b", "c", "a" })
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Api.CreateExperimentAsync(environmentId, key);
        }

        Assert.Equal(["a", "c", "b"], Shapes.Column((await Api.GetAsync("/experiments"))["data"], "key"));
    }

    [Fact]
    public async Task Experiments_CreatedInOneMillisecond_AreListedLastInsertedFirst()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        foreach (string key in new[] { "b", "c", "a" })
        {
            await Api.CreateExperimentAsync(environmentId, key);
        }

        Assert.Equal(["a", "c", "b"], Shapes.Column((await Api.GetAsync("/experiments"))["data"], "key"));
    }

    [Fact]
    public async Task Experiments_ChangedLater_KeepTheirPlace()
    {
        string environmentId = (await Api.CreateEnvironmentAsync()).Id;
        string first = (await Api.CreateExperimentAsync(environmentId, "first")).Id;
        await Api.CreateExperimentAsync(environmentId, "second");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await Api.PatchAsync($"/experiments/{first}", new { name = "changed" })).Expect(HttpStatusCode.OK);

        Assert.Equal(["second", "first"], Shapes.Column((await Api.GetAsync("/experiments"))["data"], "key"));
    }

    [Fact]
    public async Task Audiences_SeveralEnvironments_AreListedNewestFirst()
    {
        string one = (await Api.CreateEnvironmentAsync()).Id;
        string two = (await Api.CreateEnvironmentAsync()).Id;
        await Api.CreateAudienceAsync(one, name: "b");
        await Api.CreateAudienceAsync(two, name: "a");
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Api.CreateAudienceAsync(one, name: "c");

        Assert.Equal(["c", "a", "b"], Shapes.Column((await Api.GetAsync("/audiences"))["data"], "name"));
    }
}

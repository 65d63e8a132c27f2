using System.Net;
using System.Text.Json;
using Experiments.Client;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Experiments.Control.Tests.Publishing;

/// <summary>Two control servers on one PostgreSQL and one snapshot store.</summary>
public sealed class ManyServersTests(PostgresServer postgres) : IClassFixture<PostgresServer>, IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private ControlServer _one = null!;
    private ControlServer _two = null!;

    public async Task InitializeAsync()
    {
        string database = await postgres.CreateDatabaseAsync();
        _one = await ControlServer.StartAsync(_directory, postgres: database);
        _two = await ControlServer.StartAsync(_directory, postgres: database);
    }

    public async Task DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Changes_ThroughBothAtOnce_ArePublishedOnceEachAndTheLastSnapshotHasAll()
    {
        const int Flags = 30;
        string environmentId = (await _one.Api.PostAsync("/environments", new { name = "prod" })).Expect(HttpStatusCode.Created).Id;

        await Task.WhenAll(Enumerable.Range(0, Flags).Select(async i => (await (i % 2 == 0 ? _one : _two).Api.PostAsync("/flags", new
        {
            key = $"flag-{i:00}", environmentId, type = "boolean", enabled = true, variants = new[] { new { key = "on", value = true } },
        })).Expect(HttpStatusCode.Created)));

        JsonElement live = default;
        await Eventually.HoldsAsync(
            async _ =>
            {
                live = (await _two.Api.GetAsync("/configs/prod/snapshots/latest.json")).Json;
                return live.GetProperty("flags").GetArrayLength() == Flags;
            },
            "all flags are live");
        JsonElement[] versions = [.. (await _one.Api.GetAsync($"/environments/{environmentId}/versions?page=1&pageSize=100")).Json.GetProperty("data").EnumerateArray()];
        Assert.Equal(versions.Length, versions.Select(static version => version.GetProperty("version").GetInt64()).Distinct().Count());
        Assert.All(versions, static version => Assert.Equal("published", version.GetProperty("status").GetString(), ignoreCase: true));
        Assert.Equal(live.GetProperty("version").GetInt64(), versions.Max(static version => version.GetProperty("version").GetInt64()));
        Assert.Equal(versions.Length, live.GetProperty("version").GetInt64());
        Assert.Empty(_one.Errors.Concat(_two.Errors));
    }

    [Fact]
    public async Task Events_OfAServer_TellWhatTheOtherOnePublishes()
    {
        string environmentId = (await _one.Api.PostAsync("/environments", new { name = "pushed" })).Expect(HttpStatusCode.Created).Id;
        (await _one.Api.PostAsync($"/environments/{environmentId}/publish")).Expect(HttpStatusCode.OK);

        // Only an event can make it look again within this test.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        builder.Services.AddExperiments("pushed", options => (options.PollInterval, options.PushUrl) = (TimeSpan.FromHours(1), _two.Url)).FromUrl(_two.Url);
        using IHost host = builder.Build();
        await host.StartAsync();
        IFeatureDecider features = host.Services.GetRequiredService<IFeatureDecider>();
        await Eventually.HoldsAsync(() => features.Status.SnapshotVersion == 1, "the first version is there");
        Publishing(_two, out Func<int> listeners);
        await Eventually.HoldsAsync(() => listeners() > 0, "it listens");

        (await _one.Api.PostAsync("/flags", new
        {
            key = "fast", environmentId, type = "boolean", enabled = true, @default = "on", variants = new[] { new { key = "on", value = true } },
        })).Expect(HttpStatusCode.Created);

        await Eventually.HoldsAsync(() => features.IsOn("fast", "user-1"), "the other server's publish is decided on");
        await host.StopAsync();
    }

    private static void Publishing(ControlServer server, out Func<int> listeners)
    {
        var events = server.Services.GetRequiredService<Experiments.Control.Publishing.PublishEvents>();
        listeners = () => events.Listeners;
    }
}

using System.Net;
using Experiments.Control.Auditing;
using Experiments.Control.Storage;
using Experiments.Control.Storage.LiteDb;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Control.Tests.Transfer;

/// <summary>An import that the store fails in the middle of, at each place that there is.</summary>
public sealed class ApplyTornTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private TearingDefinitionStore _store = null!;
    private ControlServer _server = null!;

    public async Task InitializeAsync() => _server = await ControlServer.StartAsync(_directory, services: services =>
        services.AddSingleton<IDefinitionStore>(provider => new AuditedStore(
            _store = new TearingDefinitionStore(new LiteDbDefinitionStore(_directory.Path)),
            provider.GetRequiredService<Callers>(),
            provider.GetRequiredService<TimeProvider>())));

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Apply_StoreFailsAtAnyChange_ChangesNothingAndWritesNothingDown()
    {
        ApiClient api = _server.Api;
        string id = await api.CreateAsync(document: null);
        string before = await api.ExportAsync(id);
        string audit = (await api.GetAsync($"/audit?environmentId={id}")).Expect(HttpStatusCode.OK).Text;
        int torn = 0;
        for (; ; torn++)
        {
            _store.ChangesLeft = torn;
            Answer answer = await api.ApplyAsync(id, TransferScenario.Full);
            _store.ChangesLeft = int.MaxValue;
            if (answer.Status == HttpStatusCode.OK)
            {
                break;
            }

            answer.ExpectProblem(HttpStatusCode.ServiceUnavailable);
            Assert.Equal(before, await api.ExportAsync(id));
            Assert.Equal(audit, (await api.GetAsync($"/audit?environmentId={id}")).Text);
        }

        // At least one of each that the document holds: an audience, two layers, two holdouts, an experiment and five flags.
        Assert.True(torn > 10, $"Only {torn} changes were made.");
        Assert.NotEqual(before, await api.ExportAsync(id));
    }
}

using System.Net;
using Experiments.Client.Sources;
using Experiments.Control.Api;
using Experiments.Control.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.Control.Tests.Api;

public sealed class SnapshotFilesTimeoutTests
{
    [Fact]
    public async Task Get_StoreHangs_Answers503InTime()
    {
        using var directory = new TempDirectory();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var source = new HangingSource();
        await using ControlServer server = await ControlServer.StartAsync(directory, services: services =>
        {
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            services.RemoveAllKeyed<ISnapshotSource>(typeof(SnapshotFiles));
            services.AddKeyedSingleton<ISnapshotSource>(typeof(SnapshotFiles), source);
        });

        Task<Answer> answer = server.Api.GetAsync("/configs/prod/version.json");
        await source.Entered.WaitAsync(TimeSpan.FromSeconds(20));
        time.Advance(TimeSpan.FromSeconds(5));

        (await answer.WaitAsync(TimeSpan.FromSeconds(20))).ExpectProblem(HttpStatusCode.ServiceUnavailable);
    }

    private sealed class HangingSource : ISnapshotSource
    {
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered => _entered.Task;

        public string Location => "nowhere";

        public async ValueTask<SourceObject> ReadAsync(string key, string? etag, int maxBytes, CancellationToken cancellationToken)
        {
            _entered.TrySetResult();
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return SourceObject.Missing;
        }
    }
}

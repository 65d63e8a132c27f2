using System.Net;
using Experiments.Decide.Endpoints.Lifetime;
using Experiments.Decide.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.Decide.Tests.Lifetime;

public sealed class ReadinessEndpointsTests
{
    [Theory]
    [InlineData(true, HttpStatusCode.OK, """{"status":"ready","problems":{"part":"it \"waits\""}}""")]
    [InlineData(false, HttpStatusCode.ServiceUnavailable, """{"status":"not ready","reasons":{"part":"it \"waits\""}}""")]
    public async Task Ready_PartWithAReason_IsNotReadyUnlessItIsARemark(bool isRemark, HttpStatusCode status, string text)
    {
        using var store = new SnapshotStore();
        await using DecideServer server = await DecideServer.StartAsync(
            store, services => services.AddSingleton<IReadinessCheck>(new Part(isRemark)));
        Answer answer = await server.GetAsync("/health/ready");
        Assert.Equal(status, answer.Status);
        Assert.Equal(text, answer.Text);
    }

    private sealed class Part(bool isRemark) : IReadinessCheck
    {
        public string Name => "part";

        public bool IsRemark => isRemark;

        public Task<string?> FindReasonAsync(CancellationToken cancellationToken) => Task.FromResult<string?>("it \"waits\"");
    }
}

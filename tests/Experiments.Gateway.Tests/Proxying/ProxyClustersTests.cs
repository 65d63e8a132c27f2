using Experiments.Gateway.Proxying;

namespace Experiments.Gateway.Tests.Proxying;

public sealed class ProxyClustersTests
{
    [Theory]
    [InlineData(ProxyClusters.Decide)]
    [InlineData(ProxyClusters.DecideAgain)]
    [InlineData(ProxyClusters.Control)]
    [InlineData(ProxyClusters.Pages)]
    public void Configure_AnyCluster_ConnectionsDoNotOutliveANameForLong(string cluster)
    {
        using var handler = new SocketsHttpHandler();

        ProxyClusters.Configure(handler, cluster, new GatewayOptions());

        Assert.InRange(handler.PooledConnectionLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void Of_TwoDecideNodes_ProbesEachOnceAndHearsOfEveryFailure()
    {
        var options = new GatewayOptions { DecideUrls = [new Uri("http://one"), new Uri("http://two")] };

        var clusters = ProxyClusters.Of(options);

        Assert.Single(clusters, static cluster => cluster.HealthCheck?.Active is { Enabled: true });
        Assert.All(clusters, static cluster => Assert.True(cluster.HealthCheck?.Passive?.Enabled));
    }

    [Fact]
    public void Of_OneAddressEach_ProbesNobodyAndKeepsNoBrowser()
    {
        var options = new GatewayOptions { ControlUrl = new Uri("http://control"), DecideUrls = [new Uri("http://decide")], ForwardOtherPaths = true };

        Assert.All(ProxyClusters.Of(options), static cluster =>
        {
            Assert.Null(cluster.HealthCheck);
            Assert.Null(cluster.SessionAffinity);
        });
    }
}

using Experiments.Client.Diagnostics;
using Experiments.Client.Sources;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Experiments.Client.Tests.Diagnostics;

public sealed class ClientMetricsTests
{
    [Fact]
    public async Task PollAsync_EveryResult_IsCountedByResultAndEnvironment()
    {
        await using ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>();
        using var counted = new MetricCollector<long>(meters, ClientMetrics.MeterName, ClientMetrics.PollsName);
        var rig = new PollerRig(metrics: new ClientMetrics(meters));
        await rig.PollAsync();
        rig.Source.Publish(5);
        await rig.PollAsync();
        rig.Source.Publish(4);
        await rig.PollAsync();

        Assert.Equal(
            [(nameof(PollResult.Missing), null), (nameof(PollResult.Loaded), SnapshotJson.Environment), (nameof(PollResult.Regressed), SnapshotJson.Environment)],
            counted.GetMeasurementSnapshot().Select(measurement =>
                ((string?)measurement.Tags["result"], (string?)measurement.Tags.GetValueOrDefault("environment"))));
    }
}

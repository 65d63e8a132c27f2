using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Experiments.Control.Auditing;
using Experiments.Control.Diagnostics;
using Experiments.Control.Publishing;
using Experiments.Control.Tests.Support;
using Experiments.Control.Versions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.Control.Tests.Diagnostics;

public sealed class ControlMetricsTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _publishes = new();
    private readonly ControlMetrics _metrics;

    public ControlMetricsTests()
    {
        IMeterFactory meters = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Of this test alone: other tests have meters of the same name.
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) =>
        {
            if (instrument.Name == ControlMetrics.PublishDurationName)
            {
                _publishes.Enqueue(string.Join(' ', tags.ToArray().Select(static tag => $"{tag.Key}={tag.Value}")));
            }
        });
        _listener.Start();
        _metrics = new ControlMetrics(meters);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    [Theory]
    [InlineData(ControlMetrics.StoreDurationName, 0.0005, 10)]
    [InlineData(ControlMetrics.PublishDurationName, 0.005, 30)]
    public void Histograms_InSeconds_HaveBoundsInSeconds(string name, double first, double last)
    {
        var histogram = Assert.IsType<Histogram<double>>(_instruments[name]);

        Assert.Equal("s", histogram.Unit);
        double[] bounds = [.. histogram.Advice!.HistogramBucketBoundaries!];
        Assert.Equal((first, last), (bounds[0], bounds[^1]));
        Assert.Equal(bounds.Distinct().Order(), bounds);
    }

    [Fact]
    public async Task Publish_DoneOrFailed_IsMeasuredByTheNameOfItsEnvironment()
    {
        using var store = new MemorySnapshotStore();
        await using PublishBench bench = await PublishBench.CreateAsync(store);
        var publisher = new SnapshotPublisher(
            bench.Definitions, bench.Store, new VersionContents(), new PublishObservers([], bench.Time, NullLogger<PublishObservers>.Instance), new Callers(), bench.Time,
            NullLogger<SnapshotPublisher>.Instance, _metrics);

        await publisher.PublishAsync(bench.EnvironmentId);
        bench.Store.Before = static (_, _) => Task.FromException(new IOException("gone"));
        await publisher.PublishAsync(bench.EnvironmentId);

        Assert.Equal(["environment=prod outcome=published", "environment=prod outcome=failed"], _publishes.ToArray());
    }
}

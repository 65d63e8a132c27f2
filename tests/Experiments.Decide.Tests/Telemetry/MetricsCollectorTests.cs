using System.Diagnostics.Metrics;
using Experiments.Decide.Metrics;

namespace Experiments.Decide.Tests.Telemetry;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly Meter _meter = new($"Experiments.Test.{Guid.NewGuid():N}");
    private readonly string _prefix = $"of{Guid.NewGuid():N}";
    private readonly MetricsCollector _collector = new();

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Read_Counter_AddsUpByLabels()
    {
        Counter<long> polls = _meter.CreateCounter<long>($"{_prefix}.polls", "{poll}", "Looks at \\ the\nstore");
        polls.Add(2, new KeyValuePair<string, object?>("result", "ok"));
        polls.Add(3, new KeyValuePair<string, object?>("result", "a \"bad\"\none"));
        polls.Add(4, new KeyValuePair<string, object?>("result", "ok"));

        Assert.Equal(
            $"""
            # HELP {_prefix}_polls_total Looks at \\ the\nstore
            # TYPE {_prefix}_polls_total counter
            {_prefix}_polls_total{"{"}result="ok"{"}"} 6
            {_prefix}_polls_total{"{"}result="a \"bad\"\none"{"}"} 3

            """,
            Read());
    }

    [Fact]
    public void Read_Histogram_CountsWhatIsAtMostEachBound()
    {
        Histogram<double> duration = _meter.CreateHistogram(
            $"{_prefix}.duration", "s", "Time", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1] });
        foreach (double seconds in new[] { 0.25, 0.5, 0.75, 8 })
        {
            duration.Record(seconds);
        }

        Assert.Equal(
            $"""
            # HELP {_prefix}_duration_seconds Time
            # TYPE {_prefix}_duration_seconds histogram
            {_prefix}_duration_seconds_bucket{"{"}le="0.5"{"}"} 2
            {_prefix}_duration_seconds_bucket{"{"}le="1"{"}"} 3
            {_prefix}_duration_seconds_bucket{"{"}le="+Inf"{"}"} 4
            {_prefix}_duration_seconds_sum 9.5
            {_prefix}_duration_seconds_count 4

            """,
            Read());
    }

    [Fact]
    public void Read_ObservableGauge_ShowsWhatIsThereNow()
    {
        string[] environments = ["prod", "gone"];
        _meter.CreateObservableGauge($"{_prefix}.version", () => environments.Select(static one => new Measurement<long>(7, new KeyValuePair<string, object?>("environment", one))));
        Assert.Contains("environment=\"gone\"} 7", Read(), StringComparison.Ordinal);

        environments = ["prod"];

        Assert.EndsWith($"{_prefix}_version{{environment=\"prod\"}} 7\n", Read(), StringComparison.Ordinal);
        Assert.DoesNotContain("gone", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordedByManyThreadsAtOnce_LosesNothing()
    {
        Counter<long> counter = _meter.CreateCounter<long>($"{_prefix}.count");
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("thread", (thread + i) % 4));
            }
        });

        for (int i = 0; i < 4; i++)
        {
            Assert.Contains($"{_prefix}_count_total{{thread=\"{i}\"}} 20000\n", Read(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_LabelsWithoutEnd_AreKeptUpToALimit()
    {
        Counter<long> counter = _meter.CreateCounter<long>($"{_prefix}.many");
        for (int i = 0; i < 3000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("name", i));
        }

        Assert.Equal(2002, Read().AsSpan().Count('\n'));
        Assert.Contains("\n# TYPE experiments_metrics_dropped_total counter\nexperiments_metrics_dropped_total 1000\n", _collector.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NothingDropped_SaysSo() => Assert.EndsWith("\nexperiments_metrics_dropped_total 0\n", _collector.Read(), StringComparison.Ordinal);

    [Fact]
    public void Read_LabelsUpToTheLimit_AreEachFoundAgain()
    {
        Counter<long> counter = _meter.CreateCounter<long>($"{_prefix}.all");
        for (int i = 0; i < 4000; i++)
        {
            counter.Add(1, new("name", i % 2000), new("kind", i % 2 == 0 ? "even" : "odd"));
        }

        string[] lines = [.. Read().Split('\n').Where(static line => line.EndsWith(" 2", StringComparison.Ordinal))];
        Assert.Equal(2000, lines.Length);
        Assert.Contains($"{_prefix}_all_total{{name=\"1999\",kind=\"odd\"}} 2", lines);
        Assert.Contains("experiments_metrics_dropped_total 0\n", _collector.Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SameLabelsWithoutOneOrWithNull_AreSeveralSeries()
    {
        Counter<long> counter = _meter.CreateCounter<long>($"{_prefix}.several");
        counter.Add(1);
        counter.Add(2, new KeyValuePair<string, object?>("name", null));
        counter.Add(3, new KeyValuePair<string, object?>("name", "a"));
        counter.Add(4, new KeyValuePair<string, object?>("other", "a"));
        counter.Add(5);

        string several = $"{_prefix}_several_total";
        Assert.EndsWith($"{several} 6\n{several}{{name=\"\"}} 2\n{several}{{name=\"a\"}} 3\n{several}{{other=\"a\"}} 4\n", Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MeterOfSomebodyElse_IsLeftOut()
    {
        using Meter other = new("Somebody");
        other.CreateCounter<long>($"{_prefix}.other").Add(1);

        Assert.Equal("", Read());
    }

    [Fact]
    public void Record_LabelsSeenBefore_AllocatesNothing()
    {
        Counter<long> counter = _meter.CreateCounter<long>($"{_prefix}.counter");
        foreach (string environment in new[] { "dev", "prod" })
        {
            counter.Add(1, new KeyValuePair<string, object?>("environment", environment));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("environment", "prod"));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // Of this test alone: others record at the same time.
    private string Read() => string.Concat(_collector.Read().Split('\n').Where(line => line.Contains(_prefix, StringComparison.Ordinal)).Select(static line => line + "\n"));
}

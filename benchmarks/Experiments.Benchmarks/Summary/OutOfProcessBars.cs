using System.Globalization;
using Experiments.Benchmarks.Bars;
using Experiments.Benchmarks.Control;
using Experiments.Benchmarks.Dashboard;
using Experiments.Benchmarks.Start;

namespace Experiments.Benchmarks.Summary;

/// <summary>The rows that need a server of their own.</summary>
internal static class OutOfProcessBars
{
    private const double CpuAtMost = 1 / 0.85;
    private const double Mb = 1e6;
    private const double BinaryMbAtMost = 20;
    private const int Small = 100;
    private const double SmallFirstAnswerMs = 100;
    private const double SmallResidentMb = 45;
    private const double LargeFirstAnswerMs = 400;
    private const double LargeResidentMb = 40;
    private const double LargeResidentPerJson = 4;
    private const double ClickMsAtMost = 200;
    private const double FirstLoadMbAtMost = 1;

    public static IEnumerable<Bar> From(LoadFile? load) => (load?.Rows ?? []).Select(static row => new Bar
    {
        Id = $"http-{row.Experiments}",
        Title = $"/decide over HTTP, {Count(row.Experiments)}: server CPU per request",
        Unit = "times bare Kestrel",
        Measured = row.CpuRatio,
        AtMost = CpuAtMost,
    });

    public static IEnumerable<Bar> From(StartFile? start)
    {
        if (start is null)
        {
            yield break;
        }

        yield return new Bar
        {
            Id = "aot-binary", Title = "Native AOT decide, binary", Unit = "MB", Measured = start.BinaryBytes / Mb, AtMost = BinaryMbAtMost,
        };
        foreach (StartRow row in start.Rows)
        {
            bool isSmall = row.Experiments <= Small;
            yield return new Bar
            {
                Id = $"aot-start-{row.Experiments}",
                Title = $"Native AOT decide with the S3 source, {Count(row.Experiments)}: first answer after",
                Unit = "ms",
                Measured = row.FirstAnswerMs,
                AtMost = isSmall ? SmallFirstAnswerMs : LargeFirstAnswerMs,
            };
            yield return new Bar
            {
                Id = $"aot-resident-{row.Experiments}",
                Title = $"the same, resident after load ({(row.JsonBytes / Mb).ToString("0.0", CultureInfo.InvariantCulture)} MB of JSON)",
                Unit = "MB",
                Measured = row.ResidentBytes / Mb,
                AtMost = isSmall ? SmallResidentMb : LargeResidentMb + (LargeResidentPerJson * row.JsonBytes / Mb),
            };
        }
    }

    public static IEnumerable<Bar> From(ControlFile? control)
    {
        foreach (ControlRow row in control?.Rows ?? [])
        {
            if (row.MedianMsAtMost is { } median)
            {
                yield return BarOf(control!, row, "median", row.MedianMs, median);
            }

            if (row.P99MsAtMost is { } p99)
            {
                yield return BarOf(control!, row, "p99", row.P99Ms, p99);
            }
        }
    }

    public static IEnumerable<Bar> From(DashboardFile? dashboard)
    {
        foreach (ClickRow row in dashboard?.Clicks ?? [])
        {
            yield return new Bar
            {
                Id = $"dashboard-{row.Id}",
                Title = $"dashboard with {dashboard!.Experiments:n0} experiments and flags, {row.Title}: p95",
                Unit = "ms",
                Measured = row.P95Ms,
                AtMost = ClickMsAtMost,
            };
        }

        // With the WebSocket's messages as they are before its compression: an upper bound that costs nothing to keep.
        if (dashboard?.Pages.MaxBy(static page => page.Bytes + page.SocketBytes) is { } largest)
        {
            yield return new Bar
            {
                Id = "dashboard-first-load",
                Title = $"dashboard, first load of its largest page ({largest.Path})",
                Unit = "MB",
                Measured = (largest.Bytes + largest.SocketBytes) / Mb,
                AtMost = FirstLoadMbAtMost,
            };
        }
    }

    private static Bar BarOf(ControlFile control, ControlRow row, string quantile, double ms, double atMost) => new()
    {
        Id = $"control-{row.Id}-{quantile}",
        Title = $"{control.Flags:n0} flags in an environment, {row.Title}: {quantile}",
        Unit = "ms",
        Measured = ms,
        AtMost = atMost,
    };

    private static string Count(int experiments) => experiments == 1 ? "1 experiment" : $"{experiments:n0} experiments";
}

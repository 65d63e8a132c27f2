using System.Globalization;
using System.Net;
using Experiments.EndToEnd.Tests.Faults.Support;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests.Faults;

/// <summary>Decisions at half of what a node can do at most, for a long time, while publishes come in: nothing fails, and neither the slowest of a hundred nor memory
/// grows. Slopes are reported; what is asserted leaves room for what a machine does meanwhile, which is not the product's.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SoakTests(ITestOutputHelper log)
{
    private const string Prod = "prod";
    private const int Users = 64;
    private const int BorderStep = 370;
    private const int EditedBorders = 9_000;
    private const int MinThreads = 16;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(LongRun.Count(5, full: 20 * 60));
    private static readonly TimeSpan Saturating = TimeSpan.FromSeconds(LongRun.Count(1, full: 10));
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(LongRun.Count(1, full: 10));

    // A server is not warm when it is first asked: compilers and pools are still at it.
    private const double WarmUpShare = 0.1;

    // In the second half; heaps take the first one to find their size. A leak of 10 bytes a decision would be 200 MB an hour.
    private const double MegabytesAnHour = 40;
    private const double SlowerAtMost = 2;

    private static readonly TimeSpan PublishLimit = TimeSpan.FromMinutes(1);

    // From the answer to who made a change until the node decides by it.
    private readonly Latencies _pushes = new();

    private int _asked;
    private int _failed;

    [Fact]
    public async Task Decides_AtHalfOfSaturationWithPublishes_NoneFails()
    {
        using TempDirectory store = new();
        await using ProductProcess control = await ProductProcess.StartAsync(ProductProgram.Server, [("Roles", "control"), .. StoreSettings.InDirectory(store.Path)], log);
        await using ProductProcess decide = await ProductProcess.StartAsync(
            ProductProgram.Decide, [("PushUrl", control.Url), .. StoreSettings.InDirectory(store.Path)], log);
        ControlApi api = new(control.Http);
        EditedExperiment experiment = await EditedExperiment.CreateAsync(api, control.Http, await api.CreateEnvironmentAsync(Prod), "exp");
        await Eventually.ReadAsync(_ => new ControlApi(decide.Http).DecideAsync(Prod, "user-1"), static answer => ControlApi.VariantOf(answer) is not null, "a decision");

        // A test host blocks threads of the pool. With as few of them as there are cores, the caller would stand still whenever the pool has none left, until
        // the pool notices, which takes it up to a second.
        ThreadPool.SetMinThreads(MinThreads, MinThreads);
        OpenLoop load = new(() => AskAsync(decide.Http));
        double saturation = await load.MeasureSaturationAsync(Saturating);
        SoakWindow[] windows = [.. Enumerable.Range(0, (int)(Time / Window)).Select(static _ => new SoakWindow())];
        MutationLedger ledger = new();
        using CancellationTokenSource isOver = new();
        Task publishing = PublishAsync(control.Http, new ControlApi(decide.Http), experiment, ledger, isOver.Token);
        using Standstills standstills = new();
        Task watching = WatchAsync(windows, decide, control, standstills);
        await load.RunAsync(saturation / 2, Time, (due, took) => windows[Math.Min(windows.Length - 1, (int)(due / Window))].Latencies.Add(took));
        await watching;
        await isOver.CancelAsync();
        await publishing;

        Assert.Equal(0, _failed);
        Assert.Equal("", ledger.Failures);
        Assert.DoesNotContain(ledger.Mutations, static one => one.IsUnpublished);
        if (LongRun.Enabled)
        {
            AssertFlat(windows);
        }

        Report(windows, saturation, ledger.Acknowledged);
    }

    private static void AssertFlat(SoakWindow[] windows)
    {
        int half = windows.Length / 2;
        Assert.InRange(PerHour(windows, half, static window => window.DecideMegabytes), double.NegativeInfinity, MegabytesAnHour);
        Assert.InRange(PerHour(windows, half, static window => window.ControlMegabytes), double.NegativeInfinity, MegabytesAnHour);
        Assert.InRange(MedianP99(windows[half..]), 0, SlowerAtMost * MedianP99(windows[(int)(windows.Length * WarmUpShare)..half]));

        // Not the mean: the machine stands still in some of them.
        static double MedianP99(SoakWindow[] some) => some.Select(static window => window.P99Ms).Order().ElementAt(some.Length / 2);
    }

    private static double PerHour(SoakWindow[] windows, int from, Func<SoakWindow, double> value) =>
        LeastSquares.Slope([.. windows.Index().Skip(from).Select(one => (one.Index * Window.TotalHours, value(one.Item)))]);

    private async Task AskAsync(HttpClient http)
    {
        try
        {
            int user = Interlocked.Increment(ref _asked) % Users;
            using HttpResponseMessage response = await http.GetAsync(new Uri($"/decide?env={Prod}&user_key=user-{user}", UriKind.Relative));
            byte[] body = await response.Content.ReadAsByteArrayAsync();
            if (response.StatusCode == HttpStatusCode.OK && body.AsSpan().IndexOf("\"variant_key\""u8) > 0)
            {
                return;
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
        }

        Interlocked.Increment(ref _failed);
    }

    private async Task PublishAsync(HttpClient http, ControlApi node, EditedExperiment experiment, MutationLedger ledger, CancellationToken isOver)
    {
        using var timer = new PeriodicTimer(Window);
        for (int edit = 0; !isOver.IsCancellationRequested; edit++)
        {
            long before = ControlApi.VersionOf(await node.DecideAsync(Prod, "user-1"));
            await experiment.EditAsync(http, ledger, 1 + ((edit * BorderStep) % EditedBorders));
            await WaitForAsync(node, before);
            try
            {
                await timer.WaitForNextTickAsync(isOver);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task WaitForAsync(ControlApi node, long before)
    {
        long start = TimeProvider.System.GetTimestamp();
        TimeSpan took;
        do
        {
            long version = ControlApi.VersionOf(await node.DecideAsync(Prod, "user-1"));
            took = TimeProvider.System.GetElapsedTime(start);
            if (version > before)
            {
                _pushes.Add(took);
                return;
            }
        }
        while (took < PublishLimit);

        Assert.Fail($"The node still decides by version {before}, {took} after the next one was published.");
    }

    private static async Task WatchAsync(SoakWindow[] windows, ProductProcess decide, ProductProcess control, Standstills standstills)
    {
        using var timer = new PeriodicTimer(Window);
        foreach (SoakWindow window in windows)
        {
            await timer.WaitForNextTickAsync();
            window.ReadMemory(decide, control);
            window.ReadMachine(standstills);
        }
    }

    private void Report(SoakWindow[] windows, double saturation, int publishes)
    {
        int warmUp = (int)Math.Ceiling(windows.Length * WarmUpShare);
        int half = windows.Length / 2;
        ResultTable results = new("soak", "Soak", "from second", "decisions", "p50 ms", "p99 ms", "slowest ms", "decide MB", "control MB",
            "machine stood still ms", "caller's threads late ms", "caller's GC ms");
        results.AddNote($"A decide node at half of its saturation for {Time.TotalSeconds} s: {saturation:0} requests a second at most (measured first, for "
            + $"{Saturating.TotalSeconds} s, by 64 callers in a closed loop; the caller has the same cores), {saturation / 2:0} asked. "
            + $"{publishes} publishes, one every {Window.TotalSeconds} s. "
            + $"{windows.Sum(static window => window.Latencies.Count)} decisions, {_failed} failed.");
        results.AddNote($"From the answer to who made the change until the node decides by it (push): {Ms(_pushes.Quantile(0.5))} ms half of the time, "
            + $"{Ms(_pushes.Quantile(0.99))} in 99 of 100, {Ms(_pushes.Slowest)} at most, the asker's own wait for the busy node included.");
        results.AddNote("Open loop: requests are due at a steady rate whether others were answered or not, and the time of each counts from when it was due, the "
            + "wait for one of 64 connections included. They are sent in bunches each millisecond, so up to a millisecond of each time is the caller's own.");
        results.AddNote($"Growth in an hour, by least squares over all windows but the first {warmUp} (warm-up): p99 {Slope(warmUp, static one => one.P99Ms)} ms, "
            + $"resident memory of decide {Slope(warmUp, static one => one.DecideMegabytes)} MB, of control {Slope(warmUp, static one => one.ControlMegabytes)} MB; "
            + $"over the second half: p99 {Slope(half, static one => one.P99Ms)} ms, decide {Slope(half, static one => one.DecideMegabytes)} MB, "
            + $"control {Slope(half, static one => one.ControlMegabytes)} MB.");
        for (int i = 0; i < windows.Length; i++)
        {
            SoakWindow window = windows[i];
            results.AddRow(
                i * Window.TotalSeconds, window.Latencies.Count, Math.Round(window.Latencies.Quantile(0.5).TotalMilliseconds, 2), window.P99Ms,
                Math.Round(window.Latencies.Slowest.TotalMilliseconds, 1), window.DecideMegabytes, window.ControlMegabytes,
                window.StandstillMs, window.QueuedMs, window.CollectingMs);
        }

        results.Write();

        static double Ms(TimeSpan time) => Math.Round(time.TotalMilliseconds, 1);

        string Slope(int from, Func<SoakWindow, double> value) => PerHour(windows, from, value).ToString("+0.00;-0.00;0", CultureInfo.InvariantCulture);
    }
}

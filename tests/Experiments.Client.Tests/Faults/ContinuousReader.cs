using System.Collections.Concurrent;

namespace Experiments.Client.Tests.Faults;

/// <summary>Threads that decide without pause and check every decision: no exception, never "not ready" once ready, never an older
/// version, and what the version in memory decides.</summary>
internal sealed class ContinuousReader : IDisposable
{
    private const int Threads = 2;
    private const int MaxFailuresKept = 10;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(1);

    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly IFeatureDecider _decider;
    private readonly ExpectedDecisions _expected;
    private readonly Thread[] _threads;
    private long _decisions;
    private long _notReady;
    private long _failed;

    public ContinuousReader(IFeatureDecider decider, ExpectedDecisions expected)
    {
        _decider = decider;
        _expected = expected;
        _threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(Run) { IsBackground = true })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    public long Decisions => Interlocked.Read(ref _decisions);

    /// <summary>Decisions before the first snapshot.</summary>
    public long NotReady => Interlocked.Read(ref _notReady);

    public long Failed => Interlocked.Read(ref _failed);

    public void AssertNoneFailed() => Assert.True(Failed == 0, $"{Failed} decisions failed:\n{string.Join('\n', _failures)}");

    public void Dispose()
    {
        _stop.Set();
        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        _stop.Dispose();
    }

    private void Run()
    {
        long newest = 0;
        var all = new Decision[FaultSnapshots.Flags];
        for (int round = 0; !_stop.Wait(s_pause); round++)
        {
            int user = round % ExpectedDecisions.Users.Count;
            try
            {
                newest = Round(user, newest, all);
            }
#pragma warning disable CA1031 // That there is none is what this checks.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Fail(exception.ToString());
            }
        }
    }

    private long Round(int user, long newest, Decision[] all)
    {
        string userKey = ExpectedDecisions.Users[user];
        for (int flag = 0; flag < FaultSnapshots.Flags; flag++)
        {
            newest = Check(_decider.Decide(FaultSnapshots.Keys[flag], userKey, [("country", "DE"), ("age", 33)]), user, flag, newest);
        }

        // Values and "all" of one version each.
        int count = _decider.DecideAll(userKey, all);
        long version = all[0]?.SnapshotVersion ?? 0;
        for (int flag = 0; flag < count; flag++)
        {
            newest = Check(all[flag], user, flag, newest);
            Demand(all[flag].SnapshotVersion == version, "two versions in one call");
        }

        long before = _decider.SnapshotVersion;
        double value = _decider.Value(FaultSnapshots.Keys[0], userKey, fallback: 0.0);
        Demand(value >= before && value <= _decider.SnapshotVersion && before >= newest, $"value {value} of version {before}");
        Demand(_decider.IsOn(FaultSnapshots.Keys[0], userKey) == newest > 0 || newest == 0, "not on");
        Interlocked.Add(ref _decisions, 2);
        return newest;
    }

    private long Check(Decision decision, int user, int flag, long newest)
    {
        Interlocked.Increment(ref _decisions);
        if (decision.Reason == DecisionReason.NotReady && newest == 0)
        {
            Interlocked.Increment(ref _notReady);
            return 0;
        }

        Demand(decision.SnapshotVersion >= newest, $"went back from version {newest} to {decision.SnapshotVersion}");
        if (_expected.Check(decision, user, flag) is { } fault)
        {
            Fail(fault);
        }

        return Math.Max(newest, decision.SnapshotVersion);
    }

    private void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            Fail(otherwise);
        }
    }

    private void Fail(string what)
    {
        Interlocked.Increment(ref _failed);
        if (_failures.Count < MaxFailuresKept)
        {
            _failures.Enqueue(what);
        }
    }
}

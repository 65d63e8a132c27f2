namespace Experiments.Client.Decisions;

/// <summary>Writes down everything.</summary>
internal readonly struct RecordingTrace(List<TraceEvent> events) : ITrace
{
    private const int None = -1;

    public void Tested(int place, bool holds) => events.Add(new TraceEvent(TraceEventKind.Tested, place, None, holds, default, 0));

    public void Bucketed(int place, BucketState state, ulong bucket) =>
        events.Add(new TraceEvent(TraceEventKind.Bucketed, place, None, false, state, bucket));

    public void Entered(int place, int routine) => events.Add(new TraceEvent(TraceEventKind.Entered, place, routine, false, default, 0));

    public void Left(int routine, int ending) =>
        events.Add(new TraceEvent(TraceEventKind.Left, None, routine, false, default, (ulong)ending));
}

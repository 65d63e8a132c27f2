namespace Experiments.Client.Decisions;

internal enum TraceEventKind
{
    Tested,
    Bucketed,
    Entered,
    Left,
}

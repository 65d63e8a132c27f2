namespace Experiments.Client.Decisions;

/// <summary>Something that happened in a decision that was watched.</summary>
/// <param name="Kind">What.</param>
/// <param name="Place">Of the instruction; -1 where a routine ended.</param>
/// <param name="Routine">Which was entered or left, else -1.</param>
/// <param name="Holds">Of a test.</param>
/// <param name="State">Of a bucket.</param>
/// <param name="Number">The bucket, or the ending of a routine.</param>
internal readonly record struct TraceEvent(TraceEventKind Kind, int Place, int Routine, bool Holds, BucketState State, ulong Number);

namespace Experiments.Benchmarks.Start;

/// <summary>Starts with a snapshot of one size.</summary>
/// <param name="Experiments">In the snapshot.</param>
/// <param name="JsonBytes">Of the snapshot.</param>
/// <param name="FirstAnswerMs">Median, from the start of the process to the end of its first answer that holds the assignments.</param>
/// <param name="FirstAnswerMsOfEach">Of each start, in their order.</param>
/// <param name="ResidentBytes">Median of VmRSS one second after that answer.</param>
/// <param name="PeakResidentBytes">Median of VmHWM then.</param>
internal sealed record StartRow(
    int Experiments, long JsonBytes, double FirstAnswerMs, IReadOnlyList<double> FirstAnswerMsOfEach, double ResidentBytes, double PeakResidentBytes);

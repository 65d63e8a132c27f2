namespace Experiments.Client.Snapshots;

/// <summary>An experiment that a flag decides: which outcome of the experiment each outcome of a split of the flag stands for.</summary>
/// <param name="Routine">Decides the flag.</param>
/// <param name="OutcomeByVariantKey">Outcomes of the experiment by the key of the variant.</param>
internal sealed record ExperimentLink(int Routine, Dictionary<string, int> OutcomeByVariantKey);

namespace Experiments.Client.Tests.Reference;

/// <param name="Fault">Code of the fault where the reason is ERROR.</param>
/// <param name="PayloadJson">Raw JSON text; null where there is no variant or it has no payload, <c>"null"</c> where it is JSON's null.</param>
/// <param name="RuleId">Of the flag's rule that answered.</param>
/// <param name="IsFromSplit">Whether a split answered, through its sticky entry or through one of its ranges.</param>
internal sealed record ReferenceDecision(
    string Reason,
    string? VariantKey = null,
    string? VariantId = null,
    string? ExperimentId = null,
    string? Fault = null,
    string? PayloadJson = null,
    string? RuleId = null,
    bool IsFromSplit = false);

namespace Experiments.Client.Tests.Reference;

/// <summary>One entry of what <c>/decide</c> lists.</summary>
/// <param name="PayloadJson">Raw JSON text; null where the member is absent, <c>"null"</c> where it is JSON's null.</param>
internal sealed record ReferenceAssignment(
    string ExperimentKey, string ExperimentId, string VariantKey, string VariantId, string? PayloadJson);

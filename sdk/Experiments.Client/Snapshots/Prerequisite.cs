namespace Experiments.Client.Snapshots;

/// <summary>Another flag that has to serve one of several variants.</summary>
/// <param name="Routine">Decides that flag.</param>
/// <param name="VariantKeys">Null stands for "no variant".</param>
internal sealed record Prerequisite(int Routine, string?[] VariantKeys);

namespace Experiments.Client.Targeting.Text;

/// <summary>Neighbouring code points.</summary>
/// <param name="First">Inclusive.</param>
/// <param name="Last">Inclusive.</param>
internal readonly record struct CodePointRange(int First, int Last);

namespace Experiments.Server.Startup;

/// <summary>What control answers to <c>/health</c> while something waits to be tried again.</summary>
/// <param name="Status">As where all is well: changes are taken.</param>
/// <param name="Problems">What waits, and why.</param>
internal sealed record ControlHealthAnswer(string Status, IReadOnlyDictionary<string, string> Problems);

namespace Experiments.Client.Hosting;

/// <summary>A key of the configuration that nothing reads.</summary>
/// <param name="Key">In full.</param>
/// <param name="Nearest">The setting that may be meant, in full; null where none is like it.</param>
internal sealed record UnknownSetting(string Key, string? Nearest);

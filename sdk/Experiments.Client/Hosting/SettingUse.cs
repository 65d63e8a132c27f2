namespace Experiments.Client.Hosting;

/// <summary>A key of the configuration, for its reference in the documentation.</summary>
/// <param name="Key">Below the section.</param>
/// <param name="Default">As it would be written; null where there is none.</param>
/// <param name="Allowed">Null where any text is.</param>
/// <param name="About">What it does.</param>
internal sealed record SettingUse(string Key, string? Default, string? Allowed, string About);

using Experiments.Client.Snapshots;

namespace Experiments.Control.Definitions;

/// <summary>What names, keys and texts may be. Each check answers null, or what is wrong in one clause.</summary>
internal static class DefinitionNames
{
    public const int MaxKeyLength = 128;
    public const int MaxNameLength = 256;
    public const int MaxDescriptionLength = 4096;

    public static string? CheckKey(string key) =>
        key.Length is >= 1 and <= MaxKeyLength && key.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-')
            ? null
            : $"must be 1 to {MaxKeyLength} characters out of A-Z a-z 0-9 . _ -";

    public static string? CheckEnvironmentName(string name) =>
        EnvironmentNames.IsValid(name) ? null : $"must be {EnvironmentNames.Rule}";

    public static string? CheckName(string name) =>
        name.Length is >= 1 and <= MaxNameLength && !name.Any(char.IsControl) && !string.IsNullOrWhiteSpace(name)
            ? null
            : $"must be 1 to {MaxNameLength} characters, not all blank and none of them a control character";

    public static string? CheckDescription(string? description) =>
        description is null || description.Length <= MaxDescriptionLength ? null : $"must be at most {MaxDescriptionLength} characters";
}

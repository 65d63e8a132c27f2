namespace Experiments.Control.Definitions;

/// <summary>What tags may be.</summary>
internal static class TagNames
{
    public const int MaxTags = 50;

    /// <summary>Null, or what is wrong in one clause.</summary>
    public static string? Check(IReadOnlyList<string> tags) => tags.Count > MaxTags
        ? $"must be at most {MaxTags}"
        : tags.Select(DefinitionNames.CheckKey).FirstOrDefault(static fault => fault is not null) is { } fault ? $"each {fault}" : null;

    public static IReadOnlyList<string> Sort(IReadOnlyList<string> tags) => [.. tags.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}

using System.Text.Json;

namespace Experiments.Control.Differences;

/// <summary>One thing that differs between two contents of an environment.</summary>
internal sealed record Change
{
    public required ChangeKind Kind { get; init; }

    /// <summary>Of the resource: as it is after, or as it was where it was removed.</summary>
    public required Guid Id { get; init; }

    /// <summary>Key or name of the resource, as it is after, or as it was where it was removed.</summary>
    public required string Key { get; init; }

    public required ChangeAction Action { get; init; }

    /// <summary>Where in the resource; indices count from 0, in the lists after, or before where the element was removed. Null where all of
    /// the resource was added or removed.</summary>
    public string? Path { get; init; }

    /// <summary>A sentence with the resource's name; in it, rules count from 1 and long values are cut.</summary>
    public required string Text { get; init; }

    /// <summary>Uncut, with keys and names in place of ids; null where there was nothing.</summary>
    public JsonElement? Before { get; init; }

    /// <inheritdoc cref="Before"/>
    public JsonElement? After { get; init; }
}

using System.Text.Json;

namespace Experiments.Cli.Resources;

/// <summary>A kind of resource that can be listed, and how its list looks.</summary>
internal sealed record ResourceKind
{
    /// <summary>As on the command line, and in the API's path: <c>flags</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>As on the command line: <c>flag</c>. Null where one alone cannot be asked for.</summary>
    public string? Singular { get; init; }

    /// <summary>The member that people call it by: <c>key</c> or <c>name</c>.</summary>
    public string Identity { get; init; } = "name";

    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>Whether it is listed for one environment.</summary>
    public bool IsOfEnvironment { get; init; } = true;

    /// <summary>Whether its list is below its environment's path.</summary>
    public bool IsBelowEnvironment { get; init; }

    /// <summary>Whether it has tags.</summary>
    public bool HasTags { get; init; }

    /// <summary>Whether the server searches; elsewhere this program does.</summary>
    public bool IsSearchedByServer { get; init; }

    /// <summary>Members in which a search looks; none is a kind that is not searched.</summary>
    public IReadOnlyList<string> Searched { get; init; } = ["key", "name"];

    /// <summary>What <c>--status</c> takes; none is a kind without.</summary>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    public Func<JsonElement, string?> Status { get; init; } = Cells.StatusOf;
}

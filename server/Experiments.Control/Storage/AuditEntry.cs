using System.Text.Json;
using System.Text.Json.Serialization;

namespace Experiments.Control.Storage;

/// <summary>One change to one resource: an entry of the audit log, which is only ever added to.</summary>
internal sealed record AuditEntry
{
    /// <summary>Order of the entries, given by the store.</summary>
    public long Sequence { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who; <c>anonymous</c> where nobody said.</summary>
    public required string Actor { get; init; }

    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>The environment that it is in, or that it is.</summary>
    public required Guid EnvironmentId { get; init; }

    public required ResourceKind Kind { get; init; }

    public required Guid ResourceId { get; init; }

    /// <summary>Its key or name, for people.</summary>
    public required string ResourceKey { get; init; }

    public required AuditAction Action { get; init; }

    /// <summary>Null where it was created.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>Null where it was deleted.</summary>
    public JsonElement? After { get; init; }

    /// <summary>Share of all users who had a variant and were given another, or none; null where nobody was.</summary>
    public decimal? ReassignedShare { get; init; }

    /// <summary>Of a publish, its version.</summary>
    public long? Version { get; init; }

    /// <summary>What <see cref="AuditFilter.Search"/> looks at: key, actor and reason, one in a line, for nobody searches for what goes over the end
    /// of one.</summary>
    [JsonIgnore]
    public string SearchText => string.Join('\n', ResourceKey, Actor, Reason);
}

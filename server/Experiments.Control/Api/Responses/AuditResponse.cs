using System.Text.Json;
using Experiments.Control.Api.Requests;
using Experiments.Control.Storage;

namespace Experiments.Control.Api.Responses;

/// <summary>An entry of the audit log in answers.</summary>
internal sealed record AuditResponse(
    long Sequence,
    DateTimeOffset At,
    string Actor,
    string? Reason,
    Guid EnvironmentId,
    string Kind,
    Guid ResourceId,
    string ResourceKey,
    string Action,
    long? Version,
    decimal? ReassignedShare,
    JsonElement? Before,
    JsonElement? After)
{
    public static AuditResponse From(AuditEntry entry) => new(
        entry.Sequence,
        entry.At,
        entry.Actor,
        entry.Reason,
        entry.EnvironmentId,
        AuditNames.NameOf(entry.Kind),
        entry.ResourceId,
        entry.ResourceKey,
        AuditNames.NameOf(entry.Action),
        entry.Version,
        entry.ReassignedShare,
        entry.Before,
        entry.After);
}

using Experiments.Control.Storage;

namespace Experiments.Dashboard.Models;

/// <summary>An entry of the audit log as lists show it.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="What">Such as <c>changed flag "checkout"</c>.</param>
/// <param name="Href">The page of the resource; null where it has none.</param>
/// <param name="Reason">Why; null where nobody said.</param>
/// <param name="Moved">Share of users that were moved, such as <c>2.5 %</c>; null where nobody was.</param>
public sealed record AuditRow(DateTimeOffset At, string Actor, string What, string? Href, string? Reason, string? Moved)
{
    internal static AuditRow Of(AuditEntry entry)
    {
        string kind = entry.Kind.ToString().ToLowerInvariant();
        string what = entry.Action switch
        {
            AuditAction.Create => $"created {kind} {entry.ResourceKey}",
            AuditAction.Delete => $"deleted {kind} {entry.ResourceKey}",
            AuditAction.Publish => $"published version {entry.Version} of {entry.ResourceKey}",
            AuditAction.Rollback => $"rolled {entry.ResourceKey} back to version {entry.Version}",
            _ => $"changed {kind} {entry.ResourceKey}",
        };
        string? href = entry.Action == AuditAction.Delete ? null : entry.Kind switch
        {
            ResourceKind.Experiment => $"/experiments/{entry.ResourceId}",
            ResourceKind.Flag => $"/flags/{entry.ResourceId}",
            ResourceKind.Audience => "/audiences",
            ResourceKind.Layer or ResourceKind.Holdout => "/layers",
            _ => "/publish",
        };
        return new AuditRow(entry.At, entry.Actor, what, href, entry.Reason, entry.ReassignedShare is { } share ? Shares.Text(share) : null);
    }
}

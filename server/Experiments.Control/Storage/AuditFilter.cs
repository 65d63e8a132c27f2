namespace Experiments.Control.Storage;

/// <summary>Which entries of the audit log; what is null lets everything pass.</summary>
internal sealed record AuditFilter
{
    public Guid? EnvironmentId { get; init; }

    public Guid? ResourceId { get; init; }

    public ResourceKind? Kind { get; init; }

    public AuditAction? Action { get; init; }

    public string? Actor { get; init; }

    /// <summary>Part of the resource's key, the actor or the reason, in any case.</summary>
    public string? Search { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Not included.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether what an index does not tell has to be looked at in each entry.</summary>
    public bool IsNarrow => Kind is not null || Action is not null || Actor is not null || Search is not null
        || From is not null || Until is not null;
}

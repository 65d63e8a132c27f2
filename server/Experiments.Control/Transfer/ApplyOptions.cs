namespace Experiments.Control.Transfer;

/// <summary>How a document is applied.</summary>
internal sealed record ApplyOptions
{
    /// <summary>Says what would change, and changes nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>What the document does not name is archived, or deleted where nothing uses it.</summary>
    public bool Prunes { get; init; }

    /// <summary>What is there already keeps its salts and buckets, so that no user is reassigned; what is new takes the document's.</summary>
    public bool KeepsAssignments { get; init; }

    /// <summary>States of the environment, as their ETags, of which the present one must be one; null is any.</summary>
    public IReadOnlyList<string>? ExpectedETags { get; init; }
}

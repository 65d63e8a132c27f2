namespace Experiments.EndToEnd.Tests.Faults.Support;

/// <summary>A change that a test asked for.</summary>
/// <param name="Reason">Sent as <c>x-reason</c>, one of its own for each, so that the audit log says which of them were made.</param>
/// <param name="Key">Of the experiment or flag.</param>
/// <param name="State">What the experiment or flag is afterwards, as <see cref="StoredDefinitions"/> puts it; null where it is gone.</param>
internal sealed record Mutation(string Reason, string Key, string? State)
{
    public MutationOutcome Outcome { get; set; }

    /// <summary>Acknowledged without a publish that succeeded at once: a later one has to.</summary>
    public bool IsUnpublished { get; set; }

    /// <summary>The status code, or what happened in place of an answer.</summary>
    public string Answer { get; set; } = "no answer";
}

using Experiments.Client;
using Experiments.Control.Versions;

namespace Experiments.Control.Explaining;

/// <summary>Why does this user get this variant?</summary>
internal sealed record ExplainRequest
{
    public required string UserKey { get; init; }

    /// <summary>Name of the environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Of the flag or experiment.</summary>
    public required string Key { get; init; }

    public required DecisionContext Context { get; init; }

    public required ContentPlace Place { get; init; }
}

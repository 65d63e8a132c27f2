namespace Experiments.Control.Definitions;

/// <summary>What every definition inside an environment has.</summary>
internal interface IDefinition
{
    Guid Id { get; }

    Guid EnvironmentId { get; }

    /// <summary>The key of an experiment or flag, the name of all others: unique among its kind in the environment, in ordinal comparison.
    /// </summary>
    string UniqueName { get; }

    DateTimeOffset CreatedAt { get; }

    /// <summary>Order of insertion, given by the store.</summary>
    long Sequence { get; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    long Revision { get; }
}

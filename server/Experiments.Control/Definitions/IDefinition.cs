namespace Experiments.Control.Definitions;

/// <summary>What every definition inside an environment has.</summary>
internal interface IDefinition
{
    Guid Id { get; }

    Guid EnvironmentId { get; }

    DateTimeOffset CreatedAt { get; }

    /// <summary>Order of insertion, given by the store.</summary>
    long Sequence { get; }

    /// <summary>Counts the writes; the store refuses an update that was made from an older one.</summary>
    long Revision { get; }
}

namespace Experiments.Decide.Endpoints.Lifetime;

/// <summary>Something that this process cannot do its work without, or not all of it.</summary>
internal interface IReadinessCheck
{
    /// <summary>What it is, as a name in <c>/health/ready</c>.</summary>
    string Name { get; }

    /// <summary>Whether the process is ready without it all the same: then it is said under <c>problems</c>.</summary>
    bool IsRemark => false;

    /// <summary>Why there is none; null where all is well. What it throws is the reason, and so is no answer within two seconds.</summary>
    Task<string?> FindReasonAsync(CancellationToken cancellationToken);
}

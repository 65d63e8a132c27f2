namespace Experiments.Control.Auditing;

/// <summary>A change is made only where the resource is as the caller saw it.</summary>
/// <param name="ResourceId">Which.</param>
/// <param name="Revisions">Any of these; empty holds for none.</param>
internal sealed record Precondition(Guid ResourceId, IReadOnlyList<long> Revisions)
{
    /// <exception cref="PreconditionFailedException">The resource is another by now.</exception>
    public void Check(Guid resourceId, long revision)
    {
        if (resourceId == ResourceId && !Revisions.Contains(revision))
        {
            throw new PreconditionFailedException(revision);
        }
    }
}

namespace Experiments.Control.Storage;

/// <summary>An update or delete was made from a revision that is not the stored one.</summary>
internal sealed class StoreConflictException : Exception
{
    public StoreConflictException()
        : base("It was changed by someone else in the meantime.")
    {
    }
}

namespace Experiments.Control.Storage;

/// <summary>What was done.</summary>
internal enum AuditAction
{
    Create,
    Update,
    Delete,
    Publish,
    Rollback,
}

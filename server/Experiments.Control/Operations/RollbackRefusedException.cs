namespace Experiments.Control.Operations;

/// <summary>A rollback that cannot be; its transaction is undone.</summary>
internal sealed class RollbackRefusedException(string message) : Exception(message);

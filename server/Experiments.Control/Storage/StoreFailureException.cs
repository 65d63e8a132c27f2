namespace Experiments.Control.Storage;

/// <summary>The store cannot be opened, read or written. The message names it and, where that is known, what to do.</summary>
internal sealed class StoreFailureException(string message, Exception? innerException = null) : Exception(message, innerException);

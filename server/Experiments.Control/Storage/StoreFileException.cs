namespace Experiments.Control.Storage;

/// <summary>The database file cannot be opened, read or written. The message names the file and what to do.</summary>
internal sealed class StoreFileException(string message, Exception? innerException = null) : Exception(message, innerException);

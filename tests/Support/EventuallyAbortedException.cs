namespace Experiments.Tests.Support;

/// <summary>Thrown inside a condition of <see cref="Eventually"/> when waiting longer is pointless; it ends the wait at once.</summary>
public sealed class EventuallyAbortedException(string message) : Exception(message);

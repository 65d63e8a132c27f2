namespace Experiments.Control.Tests.Support;

/// <summary>A call of an <c>ISnapshotStore</c>: the member's name, and the key (of <c>LockAsync</c>: the environment).</summary>
internal sealed record StoreCall(string Member, string Key);

namespace Experiments.Control.Publishing;

/// <summary>What keeping less came to.</summary>
/// <param name="Expired">Those that go, oldest first.</param>
/// <param name="KeptCount">Those that stay.</param>
internal sealed record RetentionOutcome(IReadOnlyList<StoredVersion> Expired, int KeptCount);

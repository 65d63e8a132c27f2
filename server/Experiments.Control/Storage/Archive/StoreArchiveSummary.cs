namespace Experiments.Control.Storage.Archive;

/// <summary>What an archive holds.</summary>
/// <param name="Records">How many.</param>
/// <param name="Sha256">Of its lines, in lower-case hex: equal where the content is equal.</param>
internal sealed record StoreArchiveSummary(long Records, string Sha256);

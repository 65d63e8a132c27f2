namespace Experiments.Client.Sources;

/// <summary>What a last-good file holds.</summary>
internal sealed record LastGoodContent(ReadOnlyMemory<byte> Content, long Version, string Sha256);

namespace Experiments.Control.Publishing;

/// <param name="Content">The object's bytes.</param>
/// <param name="ETag">Names this content in the store.</param>
internal sealed record StoredObject(ReadOnlyMemory<byte> Content, string ETag);

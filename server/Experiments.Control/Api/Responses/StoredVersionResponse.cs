namespace Experiments.Control.Api.Responses;

/// <summary>A snapshot in the snapshot store.</summary>
internal sealed record StoredVersionResponse(long Version, DateTimeOffset WrittenAt, long Bytes);

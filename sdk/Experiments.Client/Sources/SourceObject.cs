namespace Experiments.Client.Sources;

/// <summary>What reading an object came to.</summary>
internal readonly record struct SourceObject
{
    public required SourceObjectStatus Status { get; init; }

    /// <summary>The bytes; empty unless it was found.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Names this content in the store; null where the store gave none.</summary>
    public string? ETag { get; init; }

    public static SourceObject NotModified => new() { Status = SourceObjectStatus.NotModified };

    public static SourceObject Missing => new() { Status = SourceObjectStatus.Missing };

    public static SourceObject Denied => new() { Status = SourceObjectStatus.Denied };

    public static SourceObject Found(ReadOnlyMemory<byte> content, string? etag) =>
        new() { Status = SourceObjectStatus.Found, Content = content, ETag = etag };
}

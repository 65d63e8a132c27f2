using System.Text.Json;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>The members of a snapshot but its experiments.</summary>
internal ref struct SnapshotMembers
{
    /// <summary>Stands on the object.</summary>
    public Utf8JsonReader Hashes;

    /// <summary>Stands on the object.</summary>
    public Utf8JsonReader Audiences;

    /// <summary>Stands on the array.</summary>
    public Utf8JsonReader Flags;

    private bool _hasVersion;

    public SnapshotMembers() => Format = SnapshotFormat.Experiments;

    public long Version { get; private set; }

    public string? Environment { get; private set; }

    public string? PublishedAt { get; private set; }

    public SnapshotFormat Format { get; private set; }

    public bool HasExperiments { get; set; }

    public bool HasHashes { get; private set; }

    public bool HasAudiences { get; private set; }

    public bool HasFlags { get; private set; }

    public readonly bool IsComplete => _hasVersion && Environment is not null && PublishedAt is not null && HasExperiments;

    /// <summary>Takes the member whose name the reader stands on.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        if (JsonTokens.Is(in reader, "version"u8))
        {
            Version = ReadVersion(ref reader);
            _hasVersion = true;
        }
        else if (JsonTokens.Is(in reader, "environment"u8))
        {
            Environment = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "publishedAt"u8))
        {
            PublishedAt = JsonTokens.ReadText(ref reader);
        }
        else if (JsonTokens.Is(in reader, "format"u8))
        {
            Format = ReadFormat(ref reader);
        }
        else if (JsonTokens.Is(in reader, "hashes"u8))
        {
            Hashes = JsonTokens.Keep(ref reader);
            HasHashes = true;
        }
        else if (JsonTokens.Is(in reader, "audiences"u8))
        {
            Audiences = JsonTokens.Keep(ref reader);
            HasAudiences = true;
        }
        else if (JsonTokens.Is(in reader, "flags"u8))
        {
            Flags = JsonTokens.Keep(ref reader);
            HasFlags = true;
        }
        else
        {
            JsonTokens.Skip(ref reader);
        }
    }

    private static long ReadVersion(ref Utf8JsonReader reader)
    {
        reader.Read();
        JsonTokens.Expect(in reader, JsonTokenType.Number);
        if (!WholeNumberConverter.TryRead(ref reader, out long version) || version < 0)
        {
            JsonTokens.Refuse("a version is an integer from 0 on");
        }

        return version;
    }

    private static SnapshotFormat ReadFormat(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.Number || !WholeNumberConverter.TryRead(ref reader, out long format)
            || format is not ((long)SnapshotFormat.Experiments or (long)SnapshotFormat.Flags))
        {
            JsonTokens.Refuse("a format that this reader does not know");
        }
        else
        {
            return (SnapshotFormat)format;
        }

        return default;
    }
}

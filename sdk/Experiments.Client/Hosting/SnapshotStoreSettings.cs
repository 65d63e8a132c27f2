using Experiments.Client.Sources;

namespace Experiments.Client.Hosting;

/// <summary>Where snapshots are kept, as the servers' configuration says it (<c>Experiments:Snapshots:*</c>). Readers and the publisher
/// share it.</summary>
internal sealed record SnapshotStoreSettings
{
    private const string DirectoryKind = "directory";
    private const string S3Kind = "s3";
    private const int MaxRegionLength = 63;
    private const int MaxBucketLength = 255; // Of old buckets and other servers; AWS takes 63 today.
    private const string ArnStart = "arn:";

    /// <summary>Null where the snapshots are in S3.</summary>
    public string? Directory { get; private init; }

    /// <summary>Null where the snapshots are in a directory.</summary>
    public string? Bucket { get; private init; }

    public S3Options S3 { get; private init; } = new();

    /// <summary>For people.</summary>
    public string Description => Directory ?? $"s3://{Bucket}/{S3.Prefix}";

    public static SnapshotStoreSettings InDirectory(string directory) => new() { Directory = directory };

    public static SnapshotStoreSettings InBucket(string bucket, S3Options options) => new() { Bucket = bucket, S3 = options };

    /// <param name="settings">The <c>Experiments</c> section.</param>
    /// <param name="dataDirectory">Holds the default directory.</param>
    /// <param name="contentRoot">Relative directories start here.</param>
    public static SnapshotStoreSettings Read(SettingsReader settings, string dataDirectory, string contentRoot)
    {
        string kind = settings.Choice("Snapshots:Kind", "where snapshots are kept", DirectoryKind, DirectoryKind, S3Kind);
        if (kind == DirectoryKind)
        {
            if (settings.Text("Snapshots:Kind") is null && settings.Text("Snapshots:Bucket") is not null)
            {
                settings.Refuse("Snapshots:Kind", null, $"{S3Kind} where Snapshots:Bucket is given", kind);
            }

            string directory = settings.Text("Snapshots:Directory", "relative to the content root", "{DataDirectory}/snapshots") ?? Path.Combine(dataDirectory, "snapshots");
            return InDirectory(Path.GetFullPath(Path.Combine(contentRoot, directory)));
        }

        var options = new S3Options
        {
            Prefix = (settings.Text("Snapshots:Prefix", "what comes before every key in the bucket") ?? "").Trim('/'),
            ServiceUrl = settings.Url("Snapshots:ServiceUrl", "of MinIO, Ceph and others", "AWS"),
            Region = ReadRegion(settings),
            AccessKey = settings.Text("Snapshots:AccessKey", "both this and SecretKey, or neither", "AWS default chain"),
            SecretKey = settings.Text("Snapshots:SecretKey", "both this and AccessKey, or neither", "AWS default chain"),
            OnlyRequiredChecksums = settings.Flag(
                "Snapshots:OnlyRequiredChecksums", "for S3 servers that refuse the checksums which AWS SDKs since 2025 send with each upload", false),
        };
        string bucket = ReadBucket(settings);
        if (options.AccessKey is null != options.SecretKey is null)
        {
            string missing = options.AccessKey is null ? "Snapshots:AccessKey" : "Snapshots:SecretKey";
            settings.Refuse(missing, null, "AccessKey and SecretKey together, or neither for the AWS default chain", "");
        }

        return InBucket(bucket, options);
    }

    public ISnapshotSource CreateSource() => Directory is { } directory ? new DirectorySource(directory) : new S3Source(Bucket!, S3);

    /// <summary>The AWS SDK makes a part of a host name of it, and fails with words of its own where it is none.</summary>
    private static string? ReadRegion(SettingsReader settings)
    {
        string? region = settings.Text("Snapshots:Region", "of the bucket", "AWS default chain");
        bool isUsable = region is null
            || (region.Length <= MaxRegionLength && region[0] != '-' && region[^1] != '-' && region.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'));
        return isUsable
            ? region
            : settings.Refuse<string?>("Snapshots:Region", region, $"letters, digits and hyphens between them, at most {MaxRegionLength} characters", null);
    }

    private static string ReadBucket(SettingsReader settings)
    {
        if (settings.Text("Snapshots:Bucket", "needed where Snapshots:Kind is s3") is not { } bucket)
        {
            return settings.Refuse("Snapshots:Bucket", null, "the name of a bucket (Snapshots:Kind is s3)", "");
        }

        bool isArn = bucket.StartsWith(ArnStart, StringComparison.Ordinal);
        bool isUsable = (isArn || bucket.Length <= MaxBucketLength) && bucket.All(c => IsOfBucket(c) || (isArn && c == '/'));
        return isUsable
            ? bucket
            : settings.Refuse(
                "Snapshots:Bucket",
                bucket,
                $"letters, digits, dots, hyphens, underscores and colons, at most {MaxBucketLength} characters, or the ARN of an access point",
                "");
    }

    /// <summary>More than AWS takes: Ceph names the bucket of a tenant <c>tenant:bucket</c>.</summary>
    private static bool IsOfBucket(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':';
}

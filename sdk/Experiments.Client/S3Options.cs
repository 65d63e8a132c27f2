namespace Experiments.Client;

/// <summary>Where a bucket is and who asks. Everything left out comes from the AWS default chain: environment, profile, role.</summary>
public sealed class S3Options
{
    /// <summary>Put before every object key, with a slash between them; slashes at its ends do not count.</summary>
    /// <value>Default empty: keys start with <c>configs/</c>.</value>
    public string Prefix { get; set; } = "";

    /// <summary>Endpoint of a server that is not AWS (MinIO, Ceph); it is addressed path-style.</summary>
    /// <value>Default <see langword="null"/>: AWS.</value>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Region to sign for.</summary>
    /// <value>Default <see langword="null"/>: the default chain; <c>us-east-1</c> where <see cref="ServiceUrl"/> is set.</value>
    public string? Region { get; set; }

    /// <summary>Sends no checksum with an upload where the protocol does not demand one. AWS SDKs of 2025 and later send one with each, which servers
    /// that are older than that may refuse (MinIO before 2025, Ceph before Tentacle). Only the publisher uploads.</summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool OnlyRequiredChecksums { get; set; }

    /// <summary>Access key; goes with <see cref="SecretKey"/>.</summary>
    /// <value>Default <see langword="null"/>: the default chain.</value>
    public string? AccessKey { get; set; }

    /// <summary>Secret key; goes with <see cref="AccessKey"/>.</summary>
    /// <value>Default <see langword="null"/>: the default chain.</value>
    public string? SecretKey { get; set; }
}

namespace Experiments.EndToEnd.Tests.Support;

/// <summary>Settings of the snapshot stores that end-to-end tests run over.</summary>
internal static class StoreSettings
{
    public static (string Key, string Value)[] InDirectory(string directory) => [("Snapshots:Directory", directory)];

    public static (string Key, string Value)[] InS3(S3Server s3, string bucket) =>
    [
        ("Snapshots:Kind", "s3"),
        ("Snapshots:Bucket", bucket),
        ("Snapshots:Prefix", "team-a"),
        ("Snapshots:ServiceUrl", s3.Url),
        ("Snapshots:Region", S3Server.Region),
        ("Snapshots:AccessKey", S3Server.AccessKey),
        ("Snapshots:SecretKey", S3Server.SecretKey),
    ];
}

namespace Experiments.Client.Hosting;

/// <summary>The keys of all programs and roles, below the section: one file may serve all of them, so what another one reads is known to each.
/// A test compares them with what the programs read.</summary>
internal static class SettingKeys
{
    public static readonly string[] All =
    [
        "AllowRemote", "DataDirectory", "DrainPeriod", "Environments",
        "Gateway:ControlUrl", "Gateway:DecideHttp2", "Gateway:DecideUrl", "Gateway:TrustedProxies",
        "PollInterval", "PushUrl",
        "RateLimit:AllowList", "RateLimit:Enabled", "RateLimit:PermitLimit", "RateLimit:Window",
        "Roles",
        "Snapshots:AccessKey", "Snapshots:Bucket", "Snapshots:Directory", "Snapshots:KeepFor", "Snapshots:KeepVersions", "Snapshots:Kind",
        "Snapshots:OnlyRequiredChecksums", "Snapshots:Prefix", "Snapshots:Region", "Snapshots:SecretKey", "Snapshots:ServiceUrl",
        "Store:ConnectionString", "Store:Kind",
        "Telemetry:Metrics", "Telemetry:OtlpUrl",
    ];
}

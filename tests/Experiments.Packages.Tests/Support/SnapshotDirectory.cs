using System.Security.Cryptography;
using System.Text;

namespace Experiments.Packages.Tests.Support;

/// <summary>What a control server publishes for the READMEs' experiment: version 7 of environment <c>prod</c>.</summary>
internal sealed class SnapshotDirectory : IDisposable
{
    /// <summary>Bucket 9813.</summary>
    public const string TreatmentUser = "user-123";

    /// <summary>Bucket 3944.</summary>
    public const string ControlUser = "user-0";

    private readonly TempDirectory _directory = new();

    public SnapshotDirectory()
    {
        byte[] snapshot = Encoding.UTF8.GetBytes("""
            {"version":7,"environment":"prod","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[{
              "id":"e1","key":"checkout-button-color","salt":"salt","audienceRules":[],
              "targetingRules":[{"conditions":[{"attribute":"country","operator":"eq","value":"US"}]}],
              "variants":[{"id":"v1","key":"control","payload":{"color":"#0066cc"}},{"id":"v2","key":"treatment","payload":{"color":"#00aa44"}}],
              "allocations":[{"variantId":"v1","rangeStart":0,"rangeEnd":4999},{"variantId":"v2","rangeStart":5000,"rangeEnd":9999}]}]}
            """);
        Directory.CreateDirectory(_directory.PathOf("configs", "prod", "snapshots"));
        File.WriteAllBytes(_directory.PathOf("configs", "prod", "snapshots", "7.json"), snapshot);
        File.WriteAllText(
            _directory.PathOf("configs", "prod", "version.json"),
            $$"""{"version":7,"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(snapshot))}}","publishedAt":"2026-11-24T00:00:00.000Z"}""");
    }

    public string Path => _directory.Path;

    public void Dispose() => _directory.Dispose();
}

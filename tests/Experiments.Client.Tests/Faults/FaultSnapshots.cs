using System.Security.Cryptography;
using System.Text;

namespace Experiments.Client.Tests.Faults;

/// <summary>Snapshots of which every version decides differently.</summary>
internal static class FaultSnapshots
{
    public const int Flags = 40;

    public static IReadOnlyList<string> Keys { get; } = [.. Enumerable.Range(0, Flags).Select(i => $"flag-{i}")];

    /// <summary>Every fourth serves the version's number to everyone; the others split by a salt of the version.</summary>
    public static byte[] Of(long version, string environment = SnapshotJson.Environment) => SnapshotJson.Of(
        $"[{string.Join(',', Keys.Select((key, i) => i % 4 == 0
            ? SnapshotJson.Serving(key, $"{version}")
            : SnapshotJson.Experiment(key, salt: $"{environment}-{version}-{i}")))}]",
        version,
        environment);

    public static byte[] PointerTo(long version, byte[] content) => Encoding.UTF8.GetBytes(
        $"{{\"version\":{version},\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(content))}\",\"publishedAt\":\"2026-11-24T00:00:00.000Z\"}}");
}

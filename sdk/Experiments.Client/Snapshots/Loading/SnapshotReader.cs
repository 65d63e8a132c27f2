using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>
/// Bytes of a snapshot object to its form in memory. The control server runs it on everything it publishes, so what is published is
/// what readers accept.
/// </summary>
internal static class SnapshotReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="utf8Json">The object's bytes.</param>
    /// <param name="environment">The environment that was asked for.</param>
    /// <param name="version">The version that was asked for; null takes any.</param>
    public static SnapshotLoad Read(ReadOnlyMemory<byte> utf8Json, string environment, long? version)
    {
        utf8Json = WithoutMark(utf8Json);
        if (!Utf8.IsValid(utf8Json.Span))
        {
            return new SnapshotLoad(["not valid UTF-8"]);
        }

        try
        {
            return Accept(new SnapshotParser().Parse(utf8Json.Span, version ?? SnapshotParser.ReadVersion(utf8Json.Span)), environment, version);
        }
        catch (JsonException exception)
        {
            // It stopped at the first fault; this names them all.
            IReadOnlyList<string> faults = SnapshotFaults.Find(utf8Json);
            return new SnapshotLoad(faults.Count > 0 ? faults : [exception.Message]);
        }
    }

    /// <summary>What follows the byte order mark, where there is one.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> utf8Json) =>
        utf8Json.Span.StartsWith(ByteOrderMark) ? utf8Json[ByteOrderMark.Length..] : utf8Json;

    /// <summary>Only where it is what was asked for.</summary>
    private static SnapshotLoad Accept(ParsedSnapshot parsed, string environment, long? version)
    {
        List<string> faults = [];
        if (version is not null && parsed.Version != version)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"$.version: {parsed.Version}, but version {version} was asked for"));
        }

        if (!string.Equals(parsed.Environment, environment, StringComparison.Ordinal))
        {
            faults.Add($"$.environment: \"{parsed.Environment}\", but environment \"{environment}\" was asked for");
        }

        return faults.Count > 0 ? new SnapshotLoad(faults) : new SnapshotLoad(parsed.Compiled);
    }
}

using System.Security.Cryptography;
using System.Text;
using Experiments.Client.Snapshots;

namespace Experiments.Decide.Tests.Support;

/// <summary>A snapshot store in a temporary directory, written the way the control server does: the pointer last.</summary>
internal sealed class SnapshotStore : IDisposable
{
    /// <summary>One experiment that assigns everyone its variant <c>on</c>.</summary>
    public const string Everyone = """
        {"id":"e1","key":"everyone","salt":"s1","audienceRules":[],"targetingRules":[],
         "variants":[{"id":"v1","key":"on"}],"allocations":[{"variantId":"v1","rangeStart":0,"rangeEnd":9999}]}
        """;

    private readonly TempDirectory _directory = new();

    public string Path => _directory.PathOf("snapshots");

    /// <summary>Publishes experiments given as the members of a JSON list.</summary>
    public void Publish(string environment, long version, string experiments = Everyone) =>
        Publish(environment, version, Encoding.UTF8.GetBytes(Snapshot(environment, version, experiments)));

    /// <summary>Publishes whatever bytes.</summary>
    public void Publish(string environment, long version, byte[] snapshot)
    {
        Write(SnapshotKeys.Snapshot(environment, version), snapshot);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(snapshot));
        WritePointer(environment, $$"""{"version":{{version}},"sha256":"{{sha256}}","publishedAt":"2026-11-24T00:00:00.000Z"}""");
    }

    /// <summary>Publishes a snapshot of format 2. It has a hash <c>h</c> of the user key.</summary>
    public void PublishFlags(string environment, long version, string flags, string experiments = "") =>
        Publish(environment, version, Encoding.UTF8.GetBytes($$$"""
            {"version":{{{version}}},"environment":"{{{environment}}}","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[{{{experiments}}}],
             "format":2,"hashes":{"h":{"fn":"murmur3","input":[{"attr":["$key"]},":s"],"buckets":10000}},"flags":[{{{flags}}}]}
            """));

    public void WritePointer(string environment, string json) => Write(SnapshotKeys.Pointer(environment), Encoding.UTF8.GetBytes(json));

    public static string Snapshot(string environment, long version, string experiments) =>
        $$"""{"version":{{version}},"environment":"{{environment}}","publishedAt":"2026-11-24T00:00:00.000Z","experiments":[{{experiments}}]}""";

    /// <summary>Removes the store, as a disk that is gone would.</summary>
    public void Remove() => Directory.Delete(Path, recursive: true);

    public void Dispose() => _directory.Dispose();

    private void Write(string key, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, key);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        string temporary = path + ".tmp";
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}

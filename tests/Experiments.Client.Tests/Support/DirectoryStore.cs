using System.Security.Cryptography;
using Experiments.Client.Snapshots;

namespace Experiments.Client.Tests;

/// <summary>Publishes to a directory the way the control server does: object, then pointer, each by renaming.</summary>
internal static class DirectoryStore
{
    public static void Publish(string directory, long version, string experiments = "[]", string environment = SnapshotJson.Environment)
    {
        byte[] content = SnapshotJson.Of(experiments, version, environment);
        Write(directory, SnapshotKeys.Snapshot(environment, version), content);
        Write(
            directory,
            SnapshotKeys.Pointer(environment),
            System.Text.Encoding.UTF8.GetBytes($"{{\"version\":{version},\"sha256\":\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"}}"));
    }

    public static void Write(string directory, string key, byte[] content)
    {
        string path = Path.Combine(directory, key);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".tmp", content);
        File.Move(path + ".tmp", path, overwrite: true);
    }
}

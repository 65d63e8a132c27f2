using System.Globalization;
using System.Security.Cryptography;
using Experiments.Benchmarks.Snapshots;

namespace Experiments.Benchmarks.Start;

/// <summary>The mode <c>snapshots DIRECTORY COUNT...</c>: a published environment <c>nCOUNT</c> for each count, laid out as in a store.</summary>
internal static class SnapshotFiles
{
    public static string EnvironmentOf(int count) => string.Create(CultureInfo.InvariantCulture, $"n{count}");

    public static int Run(string directory, string[] counts)
    {
        foreach (int count in counts.Select(static text => int.Parse(text, CultureInfo.InvariantCulture)))
        {
            string environment = EnvironmentOf(count);
            string folder = Path.Combine(directory, "configs", environment);
            Directory.CreateDirectory(Path.Combine(folder, "snapshots"));
            byte[] json = SnapshotBuilder.Build(count, environment: environment);
            File.WriteAllBytes(Path.Combine(folder, "snapshots", $"{Workload.Version}.json"), json);
            File.WriteAllText(
                Path.Combine(folder, "version.json"),
                $$"""{"version":{{Workload.Version}},"sha256":"{{Convert.ToHexStringLower(SHA256.HashData(json))}}"}""");
            Console.WriteLine($"{environment}: {json.Length} bytes");
        }

        return 0;
    }
}

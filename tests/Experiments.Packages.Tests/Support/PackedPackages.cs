using System.Security.Cryptography;

namespace Experiments.Packages.Tests.Support;

/// <summary>
/// Both packages, packed once for all tests as a CI run packs them, in a folder that serves as a feed. The version has a suffix that no
/// one else gives, so that a package in the user's cache never stands in for them.
/// </summary>
public sealed class PackedPackages : IAsyncLifetime
{
    public const string Client = "Experiments.Client";
    public const string FeatureManagement = "Experiments.FeatureManagement";
    public const string VersionSuffix = "packages.tests";

    // Inside the repository, for only paths below it are made relative in what is compiled; not obj/, which the solution's build uses.
    private readonly string _artifacts = Repository.PathOf("artifacts", "packages-tests");
    private readonly TempDirectory _directory = new();

    private IEnumerable<string> BuiltFiles =>
        new[] { ".dll", ".pdb" }.Select(extension => Path.Combine(_artifacts, "bin", Client, "release", Client + extension));

    /// <summary>Holds the packages and their symbols.</summary>
    public string Feed => _directory.PathOf("feed");

    /// <summary>Of both packages.</summary>
    public string Version { get; private set; } = "";

    /// <summary>SHA-256 of the client's assembly and its symbols, by file name.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        DeleteArtifacts();
        await RunAsync("pack", FeatureManagement, "-o", Feed); // This one first: it builds the client too.
        await RunAsync("pack", Client, "-o", Feed, "--no-build");
        Hashes = ReadHashes();
        string package = Assert.Single(Directory.GetFiles(Feed, $"{Client}.*.nupkg"));
        Version = Path.GetFileNameWithoutExtension(package)[(Client.Length + 1)..];
    }

    /// <summary>Compiles the client a second time, in the same place.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BuildAgainAsync()
    {
        foreach (string file in BuiltFiles)
        {
            File.Delete(file);
        }

        await RunAsync("build", Client, "--no-restore", "--no-incremental");
        return ReadHashes();
    }

    public string PathOf(string package, string extension = ".nupkg") => Path.Combine(Feed, $"{package}.{Version}{extension}");

    public Task DisposeAsync()
    {
        _directory.Dispose();
        DeleteArtifacts();
        return Task.CompletedTask;
    }

    private Task RunAsync(string command, string package, params string[] more) => Dotnet.RunAsync(
        Repository.Root,
        [
            command, $"sdk/{package}", "-c", "Release", "--artifacts-path", _artifacts, "--version-suffix", VersionSuffix,
            "-p:RunAnalyzers=false", .. more, // The analyzers have had their say in the solution's build.
        ],
        KeyValuePair.Create("CI", (string?)"true"));

    private Dictionary<string, string> ReadHashes() => BuiltFiles.ToDictionary(
        path => Path.GetFileName(path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal);

    private void DeleteArtifacts()
    {
        if (Directory.Exists(_artifacts))
        {
            Directory.Delete(_artifacts, recursive: true);
        }
    }
}

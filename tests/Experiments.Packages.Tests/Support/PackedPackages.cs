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

    /// <summary>Holds the packages and their symbols.</summary>
    public string Feed => _directory.PathOf("feed");

    /// <summary>Of both packages.</summary>
    public string Version { get; private set; } = "";

    /// <summary>SHA-256 of each assembly and its symbols, by file name.</summary>
    public IReadOnlyDictionary<string, string> Hashes { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public async Task InitializeAsync()
    {
        await PackAsync(Feed);
        Hashes = ReadHashes();
        string package = Assert.Single(Directory.GetFiles(Feed, $"{Client}.*.nupkg"));
        Version = Path.GetFileNameWithoutExtension(package)[(Client.Length + 1)..];
    }

    /// <summary>Builds everything a second time, from nothing.</summary>
    public async Task<IReadOnlyDictionary<string, string>> PackAgainAsync()
    {
        await PackAsync(_directory.PathOf("feed-again"));
        return ReadHashes();
    }

    public string PathOf(string package, string extension = ".nupkg") => Path.Combine(Feed, $"{package}.{Version}{extension}");

    public Task DisposeAsync()
    {
        _directory.Dispose();
        DeleteArtifacts();
        return Task.CompletedTask;
    }

    private async Task PackAsync(string feed)
    {
        DeleteArtifacts();

        // FeatureManagement first: it builds the client too. The analyzers have had their say in the solution's build.
        foreach ((string package, string[] more) in new[] { (FeatureManagement, Array.Empty<string>()), (Client, ["--no-build"]) })
        {
            await Dotnet.RunAsync(
                Repository.Root,
                [
                    "pack", $"sdk/{package}", "-c", "Release", "-o", feed, "--artifacts-path", _artifacts,
                    "--version-suffix", VersionSuffix, "-p:RunAnalyzers=false", .. more,
                ],
                KeyValuePair.Create("CI", (string?)"true"));
        }
    }

    private Dictionary<string, string> ReadHashes() => new[] { Client, FeatureManagement }
        .SelectMany(package => new[] { ".dll", ".pdb" }
            .Select(extension => Path.Combine(_artifacts, "bin", package, "release", package + extension)))
        .ToDictionary(
            path => Path.GetFileName(path), path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), StringComparer.Ordinal);

    private void DeleteArtifacts()
    {
        if (Directory.Exists(_artifacts))
        {
            Directory.Delete(_artifacts, recursive: true);
        }
    }
}

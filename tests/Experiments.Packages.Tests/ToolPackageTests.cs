using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

/// <summary>The <c>experiments</c> command as a user installs it: packed, installed from a folder, run.</summary>
[Collection(PackedPackagesGroup.Name)] // One build at a time.
public sealed class ToolPackageTests : IDisposable
{
    private const string Id = "Experiments.Cli";
    private const string VersionSuffix = "packages.tests";

    private readonly TempDirectory _directory = new();

    private string Feed => _directory.PathOf("feed");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tool_InstalledFromAFolder_Runs()
    {
        await Dotnet.RunAsync(
            Repository.Root,
            [
                "pack", $"server/{Id}", "-c", "Release", "--artifacts-path", _directory.PathOf("artifacts"), "-o", Feed,
                "--version-suffix", VersionSuffix, "-p:RunAnalyzers=false",
            ]);
        string path = Assert.Single(Directory.GetFiles(Feed, "*.nupkg"));
        AssertContent(path);

        // Only this folder, so that no other tool of the name can be taken, in a cache that goes with the directory.
        await File.WriteAllTextAsync(_directory.PathOf("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="packed" value="{Feed}" /></packageSources>
            </configuration>
            """);
        string version = Path.GetFileNameWithoutExtension(path)[(Id.Length + 1)..];
        await Dotnet.RunAsync(_directory.Path, ["tool", "install", Id, "--version", version, "--tool-path", _directory.PathOf("tools")]);

        await using ChildProcess help = await RunAsync("--help");
        Assert.Equal(0, await help.WaitForExitAsync());
        Assert.True(help.Output.Contains("out:   experiments [command] [options]"), help.Output.ToString());
        await using ChildProcess unreachable = await RunAsync("list", "environments", "--url", $"http://127.0.0.1:{FreePort.Next()}");
        Assert.Equal(3, await unreachable.WaitForExitAsync());
    }

    private static void AssertContent(string path)
    {
        using var package = new PackageFile(path);
        Assert.Equal(Id, package["id"]);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("DotnetTool", package.Find("packageTypes")!.Elements().Single().Attribute("name")!.Value);
        Assert.Equal(File.ReadAllBytes(Repository.PathOf("docs", "cli.md")), package.Read("README.md"));
        Assert.Contains("icon.png", package.Files);
        Assert.Contains($"tools/net10.0/any/{Id}.dll", package.Files);

        // One language; the stores, which migrate-store opens by itself, and nothing else of the server.
        Assert.DoesNotContain(package.Files, static file => file.Contains("/de/", StringComparison.Ordinal));
        Assert.Contains("tools/net10.0/any/LiteDB.dll", package.Files);
        Assert.Contains("tools/net10.0/any/Npgsql.dll", package.Files);
        Assert.DoesNotContain(package.Files, static file => file.Contains("MudBlazor", StringComparison.Ordinal) || file.Contains("Yarp", StringComparison.Ordinal));
    }

    private Task<ChildProcess> RunAsync(params string[] arguments) =>
        ChildProcess.StartAsync("experiments", _directory.PathOf("tools", "experiments"), arguments, _directory.Path);
}

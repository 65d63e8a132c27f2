namespace Experiments.Packages.Tests.Support;

/// <summary>
/// A project as a user starts it, in a temporary directory outside the repository. It restores our packages from the folder they were
/// packed to, everything else from the sources of the machine, and keeps ours out of the user's package cache.
/// </summary>
internal sealed class FreshApp : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly string _name;

    /// <param name="name">Of the project and its program.</param>
    /// <param name="sdk">As in the project file.</param>
    /// <param name="properties">More of its properties, as XML.</param>
    /// <param name="feed">Folder with our packages.</param>
    /// <param name="packages">Each with its version.</param>
    public FreshApp(string name, string sdk, string properties, string feed, params (string Id, string Version)[] packages)
    {
        _name = name;
        Write($"{name}.csproj", $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <InvariantGlobalization>true</InvariantGlobalization>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {string.Concat(packages.Select(package => $"""<PackageReference Include="{package.Id}" Version="{package.Version}" />"""))}
              </ItemGroup>
            </Project>
            """);

        // Merged with the user's own configuration, which names the machine's source. What is in the user's cache is used from there.
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="cache" value="{UserPackages}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="{feed}" /></packageSources>
            </configuration>
            """);

        // A directory above may hold such files for reasons of its own.
        Write("Directory.Build.props", "<Project />");
        Write("Directory.Build.targets", "<Project />");
        Write("Directory.Packages.props", "<Project />");
    }

    private static string UserPackages => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } path
        ? path
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public string PathOf(string path) => _directory.PathOf(path);

    public void Write(string file, string content) => File.WriteAllText(PathOf(file), content);

    /// <summary>Answers the path of the program's assembly.</summary>
    public async Task<string> BuildAsync()
    {
        CreateCache();
        await Dotnet.RunAsync(_directory.Path, ["build", "-c", "Release", "-o", PathOf("out")]);
        return PathOf($"out/{_name}.dll");
    }

    /// <summary>Answers the path of the native executable.</summary>
    public async Task<string> PublishAsync()
    {
        CreateCache();
        await Dotnet.RunAsync(_directory.Path, ["publish", "-c", "Release", "-r", "linux-x64", "-o", PathOf("out"), .. Dotnet.WithoutNativeSymbols]);
        return PathOf($"out/{_name}");
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>A fallback folder must be there.</summary>
    private static void CreateCache() => Directory.CreateDirectory(UserPackages);
}

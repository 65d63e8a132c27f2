using System.Reflection;

namespace Experiments.Tests.Support;

/// <summary>Places in this clone of the repository, and how this test project was built.</summary>
public static class Repository
{
    /// <summary>Absolute path of the directory that holds <c>Experiments.sln</c>, found upwards from the test assembly.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary><c>Debug</c> or <c>Release</c>, as the test project itself; the programs it starts are taken from the same build.</summary>
    public static string Configuration { get; } =
        typeof(Repository).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";

    /// <summary>Output folder of the target framework, for example <c>net10.0</c>.</summary>
    public static string TargetFramework { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>Absolute path of something in the repository, which need not exist.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>Absolute path of a file of <c>tests/vectors/</c>.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static string Vectors(string fileName)
    {
        string path = PathOf("tests", "vectors", fileName);
        return File.Exists(path) ? path : throw new FileNotFoundException($"No test vectors {path}.", path);
    }

    /// <summary>Absolute path of the built assembly of a project, from the same configuration as this test project.</summary>
    /// <param name="projectDirectory">Relative to the root, for example <c>server/Experiments.Server</c>.</param>
    /// <exception cref="FileNotFoundException">The project is not built in this configuration.</exception>
    public static string BuiltAssembly(string projectDirectory)
    {
        string name = Path.GetFileName(projectDirectory);
        string path = PathOf(projectDirectory, "bin", Configuration, TargetFramework, $"{name}.dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"{path} is not there: run `dotnet build -c {Configuration}` first.", path);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            {
                return directory.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No Experiments.sln in {AppContext.BaseDirectory} or above it.");
    }
}

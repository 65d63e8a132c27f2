using System.Xml.Linq;

namespace Experiments.Architecture.Tests;

/// <summary>A project of the product and its source files.</summary>
internal sealed class SourceProject
{
    private static readonly string[] s_groups = ["sdk", "server", "samples"];

    private SourceProject(string group, string directory)
    {
        Group = group;
        Directory = directory;
        Name = Path.GetFileName(directory);
        Files = [.. SourceFilesIn(directory).Select(path => new SourceFile(
            Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'),
            Path.GetRelativePath(directory, Path.GetDirectoryName(path)!).Replace('\\', '/'),
            File.ReadAllText(path)))];
    }

    /// <summary>Every project of the product that has source files.</summary>
    public static IReadOnlyList<SourceProject> All { get; } = [.. s_groups
        .SelectMany(group => Directories(Repository.PathOf(group)).Select(directory => new SourceProject(group, directory)))
        .Where(project => File.Exists(project.ProjectFile) && project.Files.Count > 0)];

    /// <summary><c>sdk</c>, <c>server</c> or <c>samples</c>.</summary>
    public string Group { get; }

    public string Name { get; }

    public string Directory { get; }

    public IReadOnlyList<SourceFile> Files { get; }

    public string ProjectFile => Path.Combine(Directory, Name + ".csproj");

    public IEnumerable<string> Folders => Files.Select(file => file.Folder).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Names of the projects that its project file references.</summary>
    public IReadOnlyList<string> References => [.. XDocument.Load(ProjectFile).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))];

    public static SourceProject Find(string name) => All.Single(project => project.Name == name);

    public static IEnumerable<string> SourceFilesIn(string directory) => System.IO.Directory
        .EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
        .Where(path => !Path.GetRelativePath(directory, path).Split('/', '\\').Any(part => part is "bin" or "obj"))
        .Order(StringComparer.Ordinal);

    public override string ToString() => Name;

    /// <summary>The namespace of its folder.</summary>
    public string NamespaceOf(string folder) => folder == "." ? Name : $"{Name}.{folder.Replace('/', '.')}";

    private static IEnumerable<string> Directories(string path) =>
        System.IO.Directory.Exists(path) ? System.IO.Directory.EnumerateDirectories(path).Order(StringComparer.Ordinal) : [];
}

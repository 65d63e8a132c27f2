namespace Experiments.Architecture.Tests;

/// <summary>
/// Which folders the files of a project use, read from the source: using directives, names written with a part of their namespace, and
/// types that need no directive because their namespace encloses the file's, or is none of the product.
/// </summary>
internal static class FolderEdges
{
    /// <summary>Folders as <c>Project/folder</c>, each with the files that use it.</summary>
    public static ILookup<string, SourceFile> Of(SourceProject project, string folder) => project.Files
        .Where(file => file.Folder == folder)
        .SelectMany(file => Used(project, file).Select(used => (Used: used, File: file)))
        .Where(edge => edge.Used != $"{project.Name}/{folder}")
        .ToLookup(edge => edge.Used, edge => edge.File, StringComparer.Ordinal);

    private static HashSet<string> Used(SourceProject project, SourceFile file)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (SourceProject other in SourceProject.All)
        {
            foreach (string folder in other.Folders)
            {
                if (Uses(file, project, other, folder))
                {
                    used.Add($"{other.Name}/{folder}");
                }
            }
        }

        return used;
    }

    private static bool Uses(SourceFile file, SourceProject project, SourceProject other, string folder)
    {
        string space = other.NamespaceOf(folder);
        SourceFile[] declaring = [.. other.Files.Where(declared => declared.Folder == folder)];
        if (file.Usings.Any(used => used == space || declaring.Any(declared => used == $"{space}.{declared.TypeName}")))
        {
            return true;
        }

        bool isEnclosing = other == project && project.NamespaceOf(file.Folder).StartsWith(space + ".", StringComparison.Ordinal);
        return declaring.Any(declared =>
            Qualifications(space).Any(qualification => file.Mentions($"{qualification}.{declared.TypeName}"))
            || ((isEnclosing || (other == project && declared.Namespace != space && declared.Namespace is not null)) && file.Mentions(declared.TypeName)));
    }

    /// <summary><c>A.B.C</c>, <c>B.C</c>, <c>C</c>.</summary>
    private static IEnumerable<string> Qualifications(string space)
    {
        string[] parts = space.Split('.');
        return parts.Select((_, first) => string.Join('.', parts.Skip(first)));
    }
}

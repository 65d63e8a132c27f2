namespace Experiments.Architecture.Tests;

public sealed class FolderEdgesTests
{
    public static TheoryData<string> Projects => [.. AllowedEdges.Folders.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_AreAllInTheTable(string name) =>
        Assert.All(Existing(name), project => Assert.Empty(project.Folders.Except(AllowedEdges.Folders[name].Keys)));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Edges_BetweenFoldersOfAProject_AreAllowed(string name) => Assert.All(Existing(name), project =>
    {
        IEnumerable<string> wrong = Edges(project)
            .Where(edge => edge.ToProject == name && !AllowedEdges.Folders[name].GetValueOrDefault(edge.From, []).Contains(edge.ToFolder))
            .Select(edge => $"{edge.From} -> {edge.ToFolder} ({edge.Files})");
        Assert.Empty(wrong);
    });

    [Theory]
    [MemberData(nameof(Projects))]
    public void Edges_IntoOtherProjects_AreAllowed(string name) => Assert.All(Existing(name), project =>
    {
        IEnumerable<string> wrong = Edges(project)
            .Where(edge => edge.ToProject != name && !AllowedEdges.ForeignFolders[name].Contains($"{edge.ToProject}/{edge.ToFolder}"))
            .Select(edge => $"{edge.From} -> {edge.ToProject}/{edge.ToFolder} ({edge.Files})");
        Assert.Empty(wrong);
    });

    [Theory]
    [MemberData(nameof(Projects))]
    public void Tables_OfAProject_ListNoEdgeThatIsGone(string name) => Assert.All(Existing(name), project =>
    {
        string[] actual = [.. Edges(project).Select(edge => $"{edge.From} -> {edge.ToProject}/{edge.ToFolder}")];
        IEnumerable<string> gone = AllowedEdges.Folders[name]
            .SelectMany(row => row.Value.Select(to => $"{row.Key} -> {name}/{to}"))
            .Except(actual);
        IEnumerable<string> foreignGone = AllowedEdges.ForeignFolders[name]
            .Where(to => !actual.Any(edge => edge.EndsWith($" -> {to}", StringComparison.Ordinal)));
        Assert.Empty(gone.Concat(foreignGone));
    });

    [Theory]
    [MemberData(nameof(Projects))]
    public void Table_OfAProject_HasNoCycle(string name)
    {
        Dictionary<string, string[]> edges = AllowedEdges.Folders[name];
        HashSet<string> done = new(StringComparer.Ordinal);

        // The root puts the folders together; that they also use its vocabulary is no cycle between steps.
        string[] rest = [.. edges.Keys.Where(folder => folder != ".")];
        while (rest.Length > 0)
        {
            string[] free = [.. rest.Where(folder => edges[folder].All(to => to == "." || done.Contains(to)))];
            Assert.True(free.Length > 0, $"a cycle between {string.Join(", ", rest)}");
            done.UnionWith(free);
            rest = [.. rest.Except(free)];
        }
    }

    [Fact]
    public void Edges_OfAFileThatUsesAnotherFolder_AreFound()
    {
        // The scanner itself: one edge of each kind that it must see.
        SourceProject client = SourceProject.Find("Experiments.Client");
        ILookup<string, SourceFile> sources = FolderEdges.Of(client, "Sources");
        Assert.Contains(sources["Experiments.Client/Snapshots"], file => file.TypeName == "SnapshotPoller"); // by a directive
        Assert.Contains(sources["Experiments.Client/."], file => file.TypeName == "S3Source"); // by an enclosing namespace
        Assert.Contains(FolderEdges.Of(client, "Targeting")["Experiments.Client/."], file => file.TypeName == "ContextAttributes");
    }

    private static IEnumerable<(string From, string ToProject, string ToFolder, string Files)> Edges(SourceProject project) =>
        project.Folders.SelectMany(from => FolderEdges.Of(project, from).Select(edge =>
        {
            int slash = edge.Key.IndexOf('/', StringComparison.Ordinal);
            return (from, edge.Key[..slash], edge.Key[(slash + 1)..], string.Join(", ", edge.Select(file => file.TypeName).Distinct()));
        }));

    private static IEnumerable<SourceProject> Existing(string name) => SourceProject.All.Where(project => project.Name == name);
}

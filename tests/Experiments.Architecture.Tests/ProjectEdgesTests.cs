namespace Experiments.Architecture.Tests;

public sealed class ProjectEdgesTests
{
    [Fact]
    public void Projects_InTheRepository_AreAllInTheTables()
    {
        string[] projects = [.. SourceProject.All.Select(project => project.Name)];
        Assert.NotEmpty(projects);
        Assert.Empty(projects.Except(AllowedEdges.Projects.Keys));
        Assert.Empty(projects.Except(AllowedEdges.Folders.Keys));
        Assert.Empty(projects.Except(AllowedEdges.ForeignFolders.Keys));
    }

    [Fact]
    public void References_OfEveryProject_AreAllowed()
    {
        IEnumerable<string> wrong = SourceProject.All.SelectMany(project => project.References
            .Except(AllowedEdges.Projects.GetValueOrDefault(project.Name, []))
            .Select(reference => $"{project.Name} -> {reference}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void References_OfSdkProjects_NeverLeaveTheSdk()
    {
        string[] sdk = [.. SourceProject.All.Where(project => project.Group == "sdk").Select(project => project.Name)];
        Assert.All(SourceProject.All.Where(project => project.Group == "sdk"), project => Assert.Empty(project.References.Except(sdk)));
        Assert.All(SourceProject.All.Where(project => project.Group == "samples"), project => Assert.Empty(project.References.Except(sdk)));
    }

    [Fact]
    public void Projects_OfTheProductAndItsTests_AreAllInTheSolution()
    {
        string solution = File.ReadAllText(Repository.PathOf("Experiments.sln")).Replace('\\', '/');
        IEnumerable<string> tests = Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories);
        Assert.All(
            SourceProject.All.Select(project => project.ProjectFile).Concat(tests),
            path => Assert.Contains(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), solution, StringComparison.Ordinal));
    }
}

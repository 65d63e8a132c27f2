namespace Experiments.Architecture.Tests;

public sealed class SourceFilesTests
{
    private const int MaxLines = 400;

    /// <summary>Extension methods are found in the namespace of the type they extend.</summary>
    private static readonly Dictionary<string, string> s_otherNamespaces = new(StringComparer.Ordinal)
    {
        ["sdk/Experiments.Client/Hosting/ExperimentsBuilder.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["sdk/Experiments.Client/Hosting/ExperimentsHealthChecksBuilderExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["sdk/Experiments.Client/Hosting/ExperimentsServiceCollectionExtensions.cs"] = "Microsoft.Extensions.DependencyInjection",
        ["sdk/Experiments.Client/Targeting/DecisionContextJsonExtensions.cs"] = "Experiments.Client",
        ["sdk/Experiments.FeatureManagement/Hosting/ExperimentsFeatureManagementServiceCollectionExtensions.cs"] =
            "Microsoft.Extensions.DependencyInjection",
    };

    private static IEnumerable<SourceFile> ProductFiles => SourceProject.All.SelectMany(project => project.Files);

    [Fact]
    public void Files_OfTheProduct_HoldOneTopLevelTypeNamedLikeThem()
    {
        IEnumerable<string> wrong = ProductFiles
            .Where(file => file.TypeName != "Program" && !file.TopLevelTypes.SequenceEqual([file.TypeName]))
            .Select(file => $"{file} declares {string.Join(", ", file.TopLevelTypes)}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Files_OfTheProduct_SitInTheNamespaceOfTheirFolder()
    {
        IEnumerable<string> wrong = SourceProject.All.SelectMany(project => project.Files
            .Where(file => file.TypeName != "Program")
            .Where(file => file.Namespace != s_otherNamespaces.GetValueOrDefault(file.Path, project.NamespaceOf(file.Folder)))
            .Select(file => $"{file} is in {file.Namespace}"));
        Assert.Empty(wrong);
        Assert.Empty(s_otherNamespaces.Keys.Except(ProductFiles.Select(file => file.Path)));
    }

    [Fact]
    public void Files_OfProductAndTests_StayUnderTheLineLimit()
    {
        IEnumerable<string> tests = SourceProject.SourceFilesIn(Repository.PathOf("tests"));
        IEnumerable<string> wrong = ProductFiles.Select(file => Repository.PathOf(file.Path)).Concat(tests)
            .Select(path => (Path: path, Lines: File.ReadLines(path).Count()))
            .Where(file => file.Lines > MaxLines)
            .Select(file => $"{Path.GetRelativePath(Repository.Root, file.Path)}: {file.Lines} lines");
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("// class Comment\n/* Snapshots.Foo */ var s = \"Sources.Bar\"; char c = '\"'; Real();", "Real")]
    [InlineData("var t = \"\"\"\n  \"Sources.Bar\" // no\n  \"\"\"; Real();", "Real")]
    [InlineData("var v = @\"c:\\\"; Real(); // \"", "Real")]
    [InlineData("var i = $\"{Real()}\";", "Real")]
    public void CodeOf_CommentsAndStrings_AreLeftOut(string source, string kept)
    {
        string code = SourceText.CodeOf(source);
        Assert.Contains(kept, code, StringComparison.Ordinal);
        Assert.DoesNotContain("Bar", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Foo", code, StringComparison.Ordinal);
        Assert.DoesNotContain("Comment", code, StringComparison.Ordinal);
    }
}

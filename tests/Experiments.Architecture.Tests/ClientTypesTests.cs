using System.Runtime.CompilerServices;
using Experiments.Client;

namespace Experiments.Architecture.Tests;

/// <summary>The client's root holds what users need, and Testing what their tests need; everything else is an internal, sealed
/// implementation in a folder.</summary>
public sealed class ClientTypesTests
{
    private const string Root = "Experiments.Client";

    private const string Testing = Root + ".Testing";

    private static readonly string[] s_publicOutsideTheRoot =
        ["ExperimentsBuilder", "ExperimentsHealthChecksBuilderExtensions", "ExperimentsServiceCollectionExtensions"];

    private static IEnumerable<Type> Types => typeof(IFeatureDecider).Assembly.GetTypes()
        .Where(type => !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
        .Where(type => type.Namespace is { } space && (space.StartsWith(Root, StringComparison.Ordinal) || type.IsPublic));

    [Fact]
    public void PublicTypes_OfTheClient_AreInItsRootOrRegister() => Assert.Equal(
        s_publicOutsideTheRoot,
        Types.Where(type => type.IsPublic && type.Namespace is not (Root or Testing)).Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void PublicTypes_OfTheClient_AreSealed() => Assert.Empty(
        Types.Where(type => type is { IsPublic: true, IsClass: true, IsSealed: false }).Select(type => type.FullName));

    [Fact]
    public void Implementations_InFolders_AreInternalAndSealed() => Assert.Empty(
        Types.Where(type => type.Namespace!.StartsWith(Root + ".", StringComparison.Ordinal) && type.Namespace != Testing)
            .Where(type => type.IsPublic || (type.IsClass && !type.IsSealed && !type.IsAbstract))
            .Select(type => type.FullName));

    [Fact]
    public void SourceFiles_OfTheRoot_UseNoFolder()
    {
        SourceProject client = SourceProject.Find(Root);
        Assert.Empty(FolderEdges.Of(client, ".").Select(edge => $"{edge.Key} ({string.Join(", ", edge)})"));
    }
}

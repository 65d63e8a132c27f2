using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class SymbolTests(PackedPackages packages)
{
    [Theory]
    [MemberData(nameof(PackageContentTests.Ids), MemberType = typeof(PackageContentTests))]
    public void Symbols_OfAPackage_BelongToItsAssembly(string id)
    {
        using var package = new PackageFile(packages.PathOf(id));
        using var symbols = new PackageFile(packages.PathOf(id, ".snupkg"));
        Assert.Equal([$"{id}.nuspec", $"lib/net10.0/{id}.pdb"], symbols.Files);
        using var assembly = new PEReader(new MemoryStream(package.Read($"lib/net10.0/{id}.dll")));
        CodeViewDebugDirectoryData link = assembly.ReadCodeViewDebugDirectoryData(
            assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView));
        using MetadataReaderProvider pdb = Open(symbols, id);
        Assert.Equal(link.Guid, new BlobContentId(pdb.GetMetadataReader().DebugMetadataHeader!.Id).Guid);
    }

    [Theory]
    [MemberData(nameof(PackageContentTests.Ids), MemberType = typeof(PackageContentTests))]
    public void Symbols_SourceFiles_NameNoDirectoryOfThisMachine(string id)
    {
        using var symbols = new PackageFile(packages.PathOf(id, ".snupkg"));
        using MetadataReaderProvider provider = Open(symbols, id);
        MetadataReader pdb = provider.GetMetadataReader();
        string[] documents = [.. pdb.Documents.Select(document => pdb.GetString(pdb.GetDocument(document).Name))];
        Assert.NotEmpty(documents);
        Assert.All(documents, document => Assert.StartsWith("/_/", document, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(PackageContentTests.Ids), MemberType = typeof(PackageContentTests))]
    public void Assembly_OfAPackage_IsMarkedReproducible(string id)
    {
        using var package = new PackageFile(packages.PathOf(id));
        using var assembly = new PEReader(new MemoryStream(package.Read($"lib/net10.0/{id}.dll")));
        Assert.Contains(assembly.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public async Task Build_ASecondTime_GivesTheSameAssemblyAndSymbols()
    {
        IReadOnlyDictionary<string, string> again = await packages.BuildAgainAsync();
        Assert.Equal(2, again.Count);
        Assert.All(again, file => Assert.Equal($"{file.Key} {packages.Hashes[file.Key]}", $"{file.Key} {file.Value}"));
    }

    private static MetadataReaderProvider Open(PackageFile symbols, string id) =>
        MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.Read($"lib/net10.0/{id}.pdb")));
}

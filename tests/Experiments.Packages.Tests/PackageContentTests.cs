using System.Buffers.Binary;
using System.Xml.Linq;
using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

[Collection(PackedPackagesGroup.Name)]
public sealed class PackageContentTests(PackedPackages packages)
{
    private const int IconSize = 128;

    public static TheoryData<string> Ids => [PackedPackages.Client, PackedPackages.FeatureManagement];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Package_Files_AreTheAssemblyItsDocsAndWhatTheGalleryShows(string id)
    {
        using var package = new PackageFile(packages.PathOf(id));
        Assert.Equal(
            ["CHANGELOG.md", $"{id}.nuspec", "README.md", "icon.png", $"lib/net10.0/{id}.dll", $"lib/net10.0/{id}.xml"], package.Files);
        Assert.Equal(File.ReadAllBytes(Repository.PathOf("sdk", id, "README.md")), package.Read("README.md"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Nuspec_Metadata_IsComplete(string id)
    {
        using var package = new PackageFile(packages.PathOf(id));
        Assert.Equal(id, package["id"]);
        Assert.EndsWith($"-{PackedPackages.VersionSuffix}", package["version"], StringComparison.Ordinal);
        Assert.Equal("MIT", package["license"]);
        Assert.Equal("expression", package.Find("license")!.Attribute("type")!.Value);
        Assert.Equal("README.md", package["readme"]);
        Assert.Equal("icon.png", package["icon"]);
        Assert.Equal("The Experiments authors", package["authors"]);
        Assert.StartsWith("Copyright (c) ", package["copyright"], StringComparison.Ordinal);
        Assert.Contains("CHANGELOG.md", package["releaseNotes"], StringComparison.Ordinal);
        Assert.True(package["description"]!.Length > 50);
        Assert.Contains("feature-flags", package["tags"]!.Split(' '));
        Assert.Equal(40, package.Find("repository")!.Attribute("commit")!.Value.Length);
    }

    [Theory]
    [InlineData(
        PackedPackages.Client,
        "AWSSDK.S3",
        "Microsoft.Extensions.Diagnostics.HealthChecks",
        "Microsoft.Extensions.Hosting.Abstractions",
        "Microsoft.Extensions.Options")]
    [InlineData(PackedPackages.FeatureManagement, PackedPackages.Client, "Microsoft.FeatureManagement")]
    public void Nuspec_Dependencies_AreTheseAndNoMore(string id, params string[] expected)
    {
        using var package = new PackageFile(packages.PathOf(id));
        XElement group = Assert.Single(package.Find("dependencies")!.Elements());
        Assert.Equal("net10.0", group.Attribute("targetFramework")!.Value);
        Assert.Equal(expected, group.Elements().Select(dependency => dependency.Attribute("id")!.Value).Order(StringComparer.Ordinal));
        Assert.All(
            group.Elements().Where(dependency => dependency.Attribute("id")!.Value == PackedPackages.Client),
            dependency => Assert.Equal(packages.Version, dependency.Attribute("version")!.Value));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Icon_OfAPackage_IsASquarePng(string id)
    {
        using var package = new PackageFile(packages.PathOf(id));
        byte[] icon = package.Read("icon.png");
        Assert.Equal([0x89, .. "PNG\r\n\x1a\n"u8], icon[..8]);
        Assert.Equal(IconSize, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)));
        Assert.Equal(IconSize, BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20)));
    }

    [Theory]
    [InlineData(PackedPackages.Client, "T:Experiments.Client.IFeatureDecider")]
    [InlineData(PackedPackages.FeatureManagement, "T:Experiments.FeatureManagement.ExperimentsFeatureManagementOptions")]
    public void Docs_OfAPackage_NameItsTypes(string id, string member)
    {
        using var package = new PackageFile(packages.PathOf(id));
        XDocument docs = XDocument.Load(new MemoryStream(package.Read($"lib/net10.0/{id}.xml")));
        XElement type = docs.Descendants("member").Single(element => element.Attribute("name")!.Value == member);
        Assert.NotEmpty(type.Element("summary")!.Value);
    }
}

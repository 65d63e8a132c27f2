namespace Experiments.Packages.Tests.Support;

/// <summary>The tests that share the packages, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class PackedPackagesGroup : ICollectionFixture<PackedPackages>
{
    public const string Name = "packed packages";
}

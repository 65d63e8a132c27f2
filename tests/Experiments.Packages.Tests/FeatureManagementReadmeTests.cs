using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

/// <summary>What the README of the adapter for Microsoft.FeatureManagement says compiles outside the repository, over the packed packages.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed class FeatureManagementReadmeTests(PackedPackages packages)
{
    // What the README takes for granted in the reader's own app.
    private const string App = """
        using Microsoft.FeatureManagement;
        using Microsoft.FeatureManagement.FeatureFilters;

        internal sealed class MyTargeting : ITargetingContextAccessor
        {
            public ValueTask<TargetingContext> GetContextAsync() => new(new TargetingContext { UserId = "user-123" });
        }

        internal sealed record Account(string Id, string Plan);

        internal sealed record MyGeo(string Country);


        """;

    [Fact]
    public async Task Blocks_OfTheReadme_Compile()
    {
        IReadOnlyList<ReadmeBlock> readme = ReadmeBlock.Read(Repository.PathOf("sdk", PackedPackages.FeatureManagement, "README.md"));
        Assert.NotEmpty(readme);
        using var app = new FreshApp(
            "Shop", "Microsoft.NET.Sdk.Web", "", packages.Feed, (PackedPackages.FeatureManagement, packages.Version));
        app.Write("Program.cs", "WebApplication.CreateBuilder(args).Build();");
        app.Write("Blocks.cs", App + ReadmeBlock.Methods(readme, "WebApplicationBuilder builder"));
        await app.BuildAsync();
    }
}

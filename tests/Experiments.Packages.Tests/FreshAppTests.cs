using System.Text;
using System.Xml.Linq;
using Experiments.Packages.Tests.Support;

namespace Experiments.Packages.Tests;

/// <summary>Apps outside the repository, made of what the package's README says, over the packed packages.</summary>
[Collection(PackedPackagesGroup.Name)]
public sealed class FreshAppTests(PackedPackages packages)
{
    private static readonly IReadOnlyList<ReadmeBlock> s_readme =
        ReadmeBlock.Read(Repository.PathOf("sdk", PackedPackages.Client, "README.md"));

    [Fact]
    public async Task ConsoleApp_OfTheReadme_PrintsTheDecision()
    {
        using var snapshots = new SnapshotDirectory();
        using var app = new FreshApp(
            "Shop", "Microsoft.NET.Sdk", "", packages.Feed, (PackedPackages.Client, packages.Version),
            ("Microsoft.Extensions.Hosting", PinnedVersion("Microsoft.Extensions.Hosting")));
        app.Write("Program.cs", Program("console").Replace("/srv/experiments/snapshots", snapshots.Path, StringComparison.Ordinal));
        app.Write("Blocks.cs", Blocks());
        string assembly = await app.BuildAsync();
        await using ChildProcess process = await ChildProcess.StartAsync("Shop", "dotnet", [assembly], snapshots.Path);
        Assert.True(await process.WaitForExitAsync() == 0, process.Output.ToString());
        Assert.Contains("out: checkout-button-color: treatment (SPLIT, version 7)", process.Output.Lines);
    }

    [Fact]
    public async Task AotWebApp_OfTheReadme_AnswersByTheDecision()
    {
        const string Source = "FromS3(\"experiment-configs\")";
        using var snapshots = new SnapshotDirectory();
        using var app = new FreshApp(
            "Shop", "Microsoft.NET.Sdk.Web", "<PublishAot>true</PublishAot>", packages.Feed, (PackedPackages.Client, packages.Version));
        string program = Program("web");
        Assert.Contains(Source, program, StringComparison.Ordinal);

        // The other source is chosen at run time, so that the one of the README is compiled to native code too.
        app.Write("Program.cs", program.Replace(
            $".{Source};",
            $".{Source};\nbuilder.Services.AddExperiments(\"prod\").FromDirectory(builder.Configuration[\"Snapshots\"]!);\n",
            StringComparison.Ordinal));
        string executable = await app.PublishAsync();
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        await using ChildProcess process = await ChildProcess.StartAsync(
            "Shop", executable, ["--urls", url.ToString(), "--Snapshots", snapshots.Path], snapshots.Path);
        using var http = new HttpClient { BaseAddress = url };
        await Eventually.ReadAsync(
            cancellation => AskAsync(http, SnapshotDirectory.TreatmentUser, cancellation),
            answer => answer == "new checkout with a #00aa44 button",
            "the treatment's checkout",
            state: process.Output.ToString);
        Assert.Equal("old checkout", await AskAsync(http, SnapshotDirectory.ControlUser, CancellationToken.None));
        Assert.Equal(0, await process.StopAsync());
    }

    [Fact]
    public void Readme_WebProgram_HoldsTheDesignsLines()
    {
        // As the main README prints them: the contract of how the SDK reads.
        string[] design = ReadmeBlock.Read(Repository.PathOf("README.md"))[0].Code.Split('\n');
        Assert.Empty(design.Except(Program("web").Split('\n')));
    }

    private static string Program(string kind) => s_readme.Single(block => block.Kind == $"program: {kind}").Code;

    private static Task<string> AskAsync(HttpClient http, string user, CancellationToken cancellation) =>
        http.GetStringAsync(new Uri($"/checkout?user={user}", UriKind.Relative), cancellation);

    /// <summary>Every block that is no program: statements as methods of their own, types as they are.</summary>
    private static string Blocks()
    {
        var code = new StringBuilder("""
            using Experiments.Client;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;


            """);
        foreach (ReadmeBlock types in s_readme.Where(block => block.Kind == "types"))
        {
            code.AppendLine(types.Code);
        }

        return code.Append(ReadmeBlock.Methods(s_readme, "HostApplicationBuilder builder, IFeatureDecider features")).ToString();
    }

    private static string PinnedVersion(string package) => XDocument.Load(Repository.PathOf("Directory.Packages.props"))
        .Descendants("PackageVersion").Single(version => version.Attribute("Include")!.Value == package).Attribute("Version")!.Value;
}

using System.Text;
using Experiments.Client.Hosting;
using Experiments.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.Server.Tests.Docs;

/// <summary>
/// The table of docs/configuration.md is made of what the programs themselves say of each key as they read it. With EXPERIMENTS_UPDATE_DOCS=1
/// the file is written, and the change to it reviewed.
/// </summary>
public sealed class ConfigurationReferenceTests
{
    private const string Begin = "<!-- keys: written by ConfigurationReferenceTests -->\n";
    private const string End = "<!-- end of keys -->\n";

    private static readonly string s_file = Repository.PathOf("docs", "configuration.md");

    [Fact]
    public async Task Table_OfTheDocs_IsWhatTheProgramsSay()
    {
        string docs = await File.ReadAllTextAsync(s_file);
        int begin = docs.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = docs.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, "The table's marks are not there.");
        string written = docs[..begin] + Table() + docs[end..];
        if (Environment.GetEnvironmentVariable("EXPERIMENTS_UPDATE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(s_file, written);
        }

        Assert.Equal(written, await File.ReadAllTextAsync(s_file));
    }

    [Fact]
    public void Keys_ThatArePartOfTheProduct_AreAllDescribed()
    {
        // Every key that any source file reads below the section, however it is read.
        string[] read = [.. new[] { "server", "sdk" }.SelectMany(static folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*Settings.cs", SearchOption.AllDirectories))
            .SelectMany(static file => System.Text.RegularExpressions.Regex.Matches(
                File.ReadAllText(file), "\\.(?:Text|Choice|Flag|Number|Duration|Url|Urls|List)\\(\\s*\"([A-Za-z0-9:]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(10)))
            .Select(static match => match.Groups[1].Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(read);
        Assert.Equal(read, Uses().Select(static use => use.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void SettingKeys_OfAllPrograms_AreThoseThatAreRead() => Assert.Equal(
        Uses().Select(static use => use.Key).Order(StringComparer.Ordinal), SettingKeys.All.Order(StringComparer.Ordinal));

    private static IReadOnlyCollection<SettingUse> Uses()
    {
        IEnumerable<SettingUse> all = [];
        foreach (string kind in (string[])["directory", "s3"])
        {
            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Experiments:Snapshots:Kind"] = kind,
                ["Experiments:Snapshots:Bucket"] = "bucket",
                ["Experiments:Store:Kind"] = "postgres",
                ["Experiments:Store:ConnectionString"] = "Host=db",
            }).Build();
            var reader = new SettingsReader(configuration, ServerSettings.Section);
            ServerSettings.Read(configuration, Path.GetTempPath(), reader);
            all = all.Concat(reader.Uses);
        }

        // What belongs together stands together.
        return [.. all.DistinctBy(static use => use.Key).GroupBy(static use => use.Key.Split(':')[0], StringComparer.Ordinal).SelectMany(static group => group)];
    }

    private static string Table()
    {
        var table = new StringBuilder("| key (section `Experiments`) | default | allowed | what |\n|---|---|---|---|\n");
        foreach (SettingUse use in Uses())
        {
            table.Append($"| `{use.Key}` | {(use.Default is { } value ? $"`{value}`" : "")} | {use.Allowed} | {use.About} |\n");
        }

        return table.ToString();
    }
}

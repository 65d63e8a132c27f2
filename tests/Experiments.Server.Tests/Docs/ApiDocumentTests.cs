using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Client.Hosting;
using Experiments.Control;
using Experiments.Decide.Endpoints.Problems;
using Experiments.Server.Docs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Snapshooter.Xunit;

namespace Experiments.Server.Tests.Docs;

public sealed partial class ApiDocumentTests : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private WebApplication? _app;
    private string _document = "";

    /// <summary>The whole document: what changes it changes what callers see, and is to be looked at.</summary>
    [Fact]
    public void Document_EveryRoute_IsAsReviewed() => Snapshot.Match(_document);

    [Fact]
    public void Document_ComponentNames_AreLegal()
    {
        string[] names = [.. JsonElement.Parse(_document).GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => s.Name)];
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches(LegalName(), name));
    }

    [Fact]
    public void Document_Batch_IsWhatTheWireTakes()
    {
        JsonElement schemas = JsonElement.Parse(_document).GetProperty("components").GetProperty("schemas");
        Assert.Equal(["id"], MembersOf(schemas.GetProperty("VariantReference")));
        Assert.Equal(["id", "name", "payload"], MembersOf(schemas.GetProperty("VariantUpdate")));
        Assert.Equal(["create", "delete", "update"], MembersOf(schemas.GetProperty("VariantBatch")));
        Assert.Contains("error", MembersOf(schemas.GetProperty("ProblemDetails")));
    }

    [Fact]
    public void Document_Numbers_AreNumbersAlone() => Assert.DoesNotContain("\"integer\",", _document.Replace(" ", "", StringComparison.Ordinal)
        .Replace("\"type\":\"integer\",", "", StringComparison.Ordinal), StringComparison.Ordinal);

    public async Task InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var reader = new SettingsReader(new ConfigurationBuilder().Build(), "Experiments");
        builder.Services.AddControl(ControlSettings.Read(reader, _directory.Path, _directory.Path));
        builder.Services.AddExperimentsProblems();
        builder.Services.AddApiDocument();
        _app = builder.Build();
        _app.MapGroup("/api").MapControl();
        _app.MapApiDocument();
        await _app.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        _document = (await http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative))).ReplaceLineEndings("\n");
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        _directory.Dispose();
    }

    private static string[] MembersOf(JsonElement schema) =>
        [.. schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal)];

    [GeneratedRegex("^[a-zA-Z0-9._-]+$", RegexOptions.None, 1000)]
    private static partial Regex LegalName();
}

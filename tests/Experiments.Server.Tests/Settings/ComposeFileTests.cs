using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.Server.Tests.Settings;

/// <summary>docker-compose.yml as docker-compose itself understands it: the programs take what it tells them, and nothing runs with more than it needs.</summary>
public sealed partial class ComposeFileTests : IAsyncLifetime
{
    private static readonly string[] s_own = ["control", "decide-1", "decide-2", "gateway"];

    private JsonElement _services;

    public async Task InitializeAsync()
    {
        string program = await ComposeProgram.FindAsync();
        await using ChildProcess compose = await ChildProcess.StartAsync(
            "docker-compose", program, ["-f", Repository.PathOf("docker-compose.yml"), "config", "--format", "json"], Repository.Root);
        Assert.True(await compose.WaitForExitAsync() == 0, compose.Output.ToString());
        string json = string.Join('\n', compose.Output.Lines.Where(static line => line.StartsWith("out: ", StringComparison.Ordinal)).Select(static line => line["out: ".Length..]));
        _services = JsonElement.Parse(json).GetProperty("services");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void Services_AreTheWholeSetUp() => Assert.Equal(
        ["bucket", "control", "decide-1", "decide-2", "gateway", "minio", "postgres"],
        _services.EnumerateObject().Select(static service => service.Name).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("control")]
    [InlineData("decide-1")]
    [InlineData("decide-2")]
    [InlineData("gateway")]
    public void Service_OfOurs_TakesItsConfiguration(string name)
    {
        JsonElement service = _services.GetProperty(name);
        IConfiguration configuration = ConfigurationOf(service);
        if (name.StartsWith("decide", StringComparison.Ordinal))
        {
            var reader = new SettingsReader(configuration, DecideSettings.Section);
            DecideSettings settings = DecideSettings.Read(reader, "/app");
            Assert.Empty(reader.Problems);
            Assert.Equal("experiment-configs", settings.Snapshots.Bucket);
            Assert.Equal(new Uri("http://control:3001"), settings.PushUrl);
        }
        else
        {
            // Throws with every problem that it has.
            var settings = ServerSettings.Read(configuration, "/app");
            Assert.Equal(name == "control", settings.Has(ServerRoles.Control) && settings.Control.Store.ConnectionString is not null);
            Assert.Equal(name == "gateway", settings.Gateway.DecideUrls.Count == 2);
        }

        string documented = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));
        foreach (string key in KeysOf(service))
        {
            Assert.Contains($"`{key.Replace("__", ":", StringComparison.Ordinal)["Experiments:".Length..]}`", documented, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Services_OfOurs_AreHardenedAndWaitForWhatTheyNeed()
    {
        foreach (string name in s_own)
        {
            JsonElement service = _services.GetProperty(name);
            Assert.True(service.GetProperty("read_only").GetBoolean());
            Assert.Equal("ALL", service.GetProperty("cap_drop")[0].GetString());
            Assert.Equal("no-new-privileges:true", service.GetProperty("security_opt")[0].GetString());
            Assert.NotEmpty(service.GetProperty("depends_on").EnumerateObject());
        }

        foreach (string image in new[] { "Experiments.Server", "Experiments.Decide" })
        {
            string dockerfile = File.ReadAllText(Repository.PathOf("server", image, "Dockerfile"));
            Assert.Contains("\nUSER app\n", dockerfile, StringComparison.Ordinal);
            Assert.Contains("\nHEALTHCHECK ", dockerfile, StringComparison.Ordinal);
            Assert.Contains("healthcheck\"]", dockerfile, StringComparison.Ordinal);
            Assert.Matches("(?m)^FROM mcr.microsoft.com/dotnet/[a-z-]+:10.0-noble-chiseled$", dockerfile);
        }
    }

    /// <summary>What the image says, then what the service says.</summary>
    private static IConfiguration ConfigurationOf(JsonElement service)
    {
        string image = service.GetProperty("image").GetString() == "experiments-decide" ? "Experiments.Decide" : "Experiments.Server";
        string dockerfile = File.ReadAllText(Repository.PathOf("server", image, "Dockerfile"));
        IEnumerable<KeyValuePair<string, string?>> ofImage = Assignment().Matches(dockerfile).Select(static one => KeyValuePair.Create(one.Groups[1].Value, (string?)one.Groups[2].Value));
        IEnumerable<KeyValuePair<string, string?>> ofService = service.GetProperty("environment").EnumerateObject().Select(static one => KeyValuePair.Create(one.Name, one.Value.GetString()));
        return new ConfigurationBuilder().AddInMemoryCollection(ofImage.Select(Named)).AddInMemoryCollection(ofService.Select(Named)).Build();
    }

    private static KeyValuePair<string, string?> Named(KeyValuePair<string, string?> variable) => KeyValuePair.Create(
        variable.Key.Replace("ASPNETCORE_", "", StringComparison.Ordinal).Replace("__", ":", StringComparison.Ordinal), variable.Value);

    private static IEnumerable<string> KeysOf(JsonElement service) =>
        service.GetProperty("environment").EnumerateObject().Select(static one => one.Name).Where(static key => key.StartsWith("Experiments__", StringComparison.Ordinal));

    [GeneratedRegex(@"\b((?:Experiments__|ASPNETCORE_)\w+)=(\S+)")]
    private static partial Regex Assignment();
}

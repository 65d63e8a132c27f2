using System.Text.Json;
using Experiments.Client.Hosting;
using Experiments.Decide.Endpoints;
using Experiments.Server.Settings;
using Microsoft.Extensions.Configuration;

namespace Experiments.Server.Tests.Deploy;

/// <summary>The manifests in <c>deploy/kubernetes</c>: the API's schemas take them, and the programs take what they say.</summary>
public sealed class KubernetesTests
{
    private static readonly string[] s_files = ["config", "control", "decide", "gateway"];

    [Fact]
    public async Task Manifests_FitTheSchemasOfTheApi()
    {
        IReadOnlyList<JsonElement> documents = await ReadAsync();

        foreach (string name in new[] { "control", "decide", "gateway" })
        {
            string[] kinds = [.. documents.Where(one => one.GetProperty("metadata").GetProperty("name").GetString() == "experiments-" + name).Select(KindOf)];
            Assert.Equal(
                name == "decide" ? ["Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler"] : ["Deployment", "Service", "PodDisruptionBudget"], kinds);
        }
    }

    [Fact]
    public async Task Manifests_ThatAreWrong_AreFound()
    {
        using TempDirectory directory = new();
        string manifest = await File.ReadAllTextAsync(PathOf("gateway"));
        await File.WriteAllTextAsync(directory.PathOf("bad.yaml"), manifest.Replace("replicas: 2", "replicas: two", StringComparison.Ordinal));

        await using ChildProcess node = await ValidateAsync([directory.PathOf("bad.yaml")]);

        Assert.NotEqual(0, await node.WaitForExitAsync());
        Assert.Contains("replicas", node.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_HaveProbesAndNoMoreRightsThanTheyNeed()
    {
        foreach (JsonElement pod in (await ReadAsync()).Where(static one => KindOf(one) == "Deployment").Select(PodOf))
        {
            Assert.True(pod.GetProperty("securityContext").GetProperty("runAsNonRoot").GetBoolean());
            JsonElement container = Assert.Single(pod.GetProperty("containers").EnumerateArray());
            Assert.Equal("/health/live", container.GetProperty("livenessProbe").GetProperty("httpGet").GetProperty("path").GetString());
            Assert.Equal("/health/ready", container.GetProperty("readinessProbe").GetProperty("httpGet").GetProperty("path").GetString());
            Assert.True(container.GetProperty("securityContext").GetProperty("readOnlyRootFilesystem").GetBoolean());
            Assert.False(container.GetProperty("securityContext").GetProperty("allowPrivilegeEscalation").GetBoolean());
            Assert.True(container.GetProperty("resources").GetProperty("limits").TryGetProperty("memory", out _));
        }
    }

    [Fact]
    public async Task Programs_TakeWhatTheManifestsSay()
    {
        IReadOnlyList<JsonElement> documents = await ReadAsync();
        JsonElement shared = documents.Single(static one => KindOf(one) == "ConfigMap").GetProperty("data");
        foreach (JsonElement deployment in documents.Where(static one => KindOf(one) == "Deployment"))
        {
            JsonElement container = PodOf(deployment).GetProperty("containers")[0];
            Dictionary<string, string?> settings = new(StringComparer.OrdinalIgnoreCase)
            {
                ["Experiments:AllowRemote"] = "true",
                ["Experiments:Store:ConnectionString"] = "Host=db", // In a secret.
            };
            IEnumerable<(string Key, string? Value)> own = container.GetProperty("env").EnumerateArray().Select(static one => (one.GetProperty("name").GetString()!, one.GetProperty("value").GetString()));
            IEnumerable<(string Key, string? Value)> ofMap = container.TryGetProperty("envFrom", out _) ? shared.EnumerateObject().Select(static one => (one.Name, one.Value.GetString())) : [];
            foreach ((string key, string? value) in ofMap.Concat(own))
            {
                settings[key.Replace("__", ":", StringComparison.Ordinal)] = value;
            }

            IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            if (container.GetProperty("name").GetString() == "decide")
            {
                var reader = new SettingsReader(configuration, DecideSettings.Section);
                Assert.Equal("experiment-configs", DecideSettings.Read(reader, "/app").Snapshots.Bucket);
                Assert.Empty(reader.Problems);
            }
            else
            {
                // Throws with every problem that it has.
                Assert.Equal(TimeSpan.FromSeconds(5), ServerSettings.Read(configuration, "/app").DrainPeriod);
            }
        }
    }

    private static string KindOf(JsonElement document) => document.GetProperty("kind").GetString()!;

    private static JsonElement PodOf(JsonElement deployment) => deployment.GetProperty("spec").GetProperty("template").GetProperty("spec");

    private static string PathOf(string name) => Repository.PathOf("deploy", "kubernetes", name + ".yaml");

    private static async Task<IReadOnlyList<JsonElement>> ReadAsync()
    {
        await using ChildProcess node = await ValidateAsync(s_files.Select(PathOf));
        Assert.True(await node.WaitForExitAsync() == 0, node.Output.ToString());
        return [.. node.Output.Lines.Where(static line => line.StartsWith("out: ", StringComparison.Ordinal)).Select(static line => JsonElement.Parse(line["out: ".Length..]))];
    }

    private static Task<ChildProcess> ValidateAsync(IEnumerable<string> files) =>
        ChildProcess.StartAsync("validate.mjs", "node", [Repository.PathOf("tests", "Experiments.Server.Tests", "Deploy", "validate.mjs"), .. files], Repository.Root);
}

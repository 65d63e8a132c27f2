using System.Net;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

public sealed class StartupTests(ITestOutputHelper log)
{
    [Theory]
    [InlineData(ProductProgram.Server)]
    [InlineData(ProductProgram.Decide)]
    public async Task Start_SeveralWrongSettings_ExitsWithOneMessageThatListsAll(ProductProgram program)
    {
        await using var process = new ProductProcess(
            program,
            [("PollInterval", "soon"), ("Snapshots:Kind", "s3"), ("Snapshots:ServiceUrl", "not a url"), ("Snapshots:AccessKey", "a")],
            log);
        await process.LaunchAsync();
        Assert.Equal(1, await process.WaitForExitAsync());
        string output = process.Output.ToString();
        Assert.Contains("Experiments:PollInterval is 'soon'", output, StringComparison.Ordinal);
        Assert.Contains("Experiments:Snapshots:Bucket is missing", output, StringComparison.Ordinal);
        Assert.Contains("Experiments:Snapshots:ServiceUrl is 'not a url'", output, StringComparison.Ordinal);
        Assert.Contains("Experiments:Snapshots:SecretKey is missing", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_EverySettingWrong_NamesEachWithItsValue()
    {
        await using var process = new ProductProcess(
            ProductProgram.Server,
            [
                ("Roles", "dashboard,cook"),
                ("AllowRemote", "perhaps"),
                ("Store:Kind", "mongodb"),
                ("Snapshots:Kind", "ftp"),
                ("PollInterval", "5"),
                ("RateLimit:Enabled", "maybe"),
                ("RateLimit:PermitLimit", "0"),
                ("RateLimit:Window", "1"),
                ("RateLimit:AllowList", "127.0.0.1,10.0.0.0/99"),
                ("Gateway:TrustedProxies", "nobody"),
                ("Gateway:ControlUrl", "ftp://x"),
                ("Gateway:DecideUrl", "decide"),
            ],
            log);
        await process.LaunchAsync();
        Assert.Equal(1, await process.WaitForExitAsync());
        string output = process.Output.ToString();
        string[] expected =
        [
            "Roles is 'cook'", "Roles is 'dashboard,cook'; allowed is dashboard together with control", "AllowRemote is 'perhaps'",
            "Store:Kind is 'mongodb'", "Snapshots:Kind is 'ftp'", "PollInterval is '5'", "RateLimit:Enabled is 'maybe'",
            "RateLimit:PermitLimit is '0'", "RateLimit:Window is '1'", "RateLimit:AllowList is '10.0.0.0/99'",
            "Gateway:TrustedProxies is 'nobody'", "Gateway:ControlUrl is 'ftp://x'", "Gateway:DecideUrl is 'decide'",
        ];
        Assert.All(expected, problem => Assert.Contains($"Experiments:{problem}", output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Server_AddressThatOthersReach_NeedsAllowRemoteAndWarns()
    {
        await using (var refused = new ProductProcess(ProductProgram.Server, [("Roles", "control")], log) { Host = "0.0.0.0" })
        {
            await refused.LaunchAsync();
            Assert.Equal(1, await refused.WaitForExitAsync());
            Assert.Contains("Experiments:AllowRemote is 'false'", refused.Output.ToString(), StringComparison.Ordinal);
        }

        await using var allowed = new ProductProcess(ProductProgram.Server, [("Roles", "control"), ("AllowRemote", "true")], log)
        {
            Host = "0.0.0.0",
        };
        await allowed.StartAsync();
        await Eventually.HoldsAsync(() => allowed.Output.ToString().Contains("WARNING", StringComparison.Ordinal), "a warning");

        // A gateway forwards to control; decide alone can change nothing and may listen anywhere.
        await using (var gateway = new ProductProcess(ProductProgram.Server, [("Roles", "gateway")], log) { Host = "0.0.0.0" })
        {
            await gateway.LaunchAsync();
            Assert.Equal(1, await gateway.WaitForExitAsync());
        }

        await using var decide = new ProductProcess(ProductProgram.Server, [("Roles", "decide")], log) { Host = "0.0.0.0" };
        await decide.StartAsync();
    }

    [Theory]
    [InlineData(ProductProgram.Server)]
    [InlineData(ProductProgram.Decide)]
    public async Task Start_BucketWithoutARegion_ExitsWithOneLine(ProductProgram program)
    {
        await using var process = new ProductProcess(program, [("Snapshots:Kind", "s3"), ("Snapshots:Bucket", "b")], log);
        await process.LaunchAsync();
        Assert.Equal(1, await process.WaitForExitAsync());
        Assert.Contains("Experiments:Snapshots:Region", process.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_DamagedDatabase_IsDegraded()
    {
        using var data = new TempDirectory();
        string database = data.PathOf("experiments.db");
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [("DataDirectory", data.Path)], log);
        var api = new ControlApi(server.Http);
        await api.CreateRunningExperimentAsync(await api.CreateEnvironmentAsync("prod"), "exp");
        await server.StopAsync();
        await using (FileStream file = File.OpenWrite(database))
        {
            // All but the header and the first collection's pages: what is there can no longer be read.
            const int FirstDamagedByte = 5 * 8192;
            file.Position = FirstDamagedByte;
            file.Write(new byte[file.Length - FirstDamagedByte]);
        }

        await server.LaunchAsync();
        await Eventually.HoldsAsync(
            async cancellation =>
            {
                if (!server.IsRunning)
                {
                    return server.ExitCode == 1; // It may also be so damaged that it is refused at once.
                }

                using HttpResponseMessage health = await server.Http.GetAsync(new Uri("/health", UriKind.Relative), cancellation);
                return health.StatusCode == HttpStatusCode.ServiceUnavailable
                    && (await health.Content.ReadAsStringAsync(cancellation)).Contains("\"degraded\"", StringComparison.Ordinal);
            },
            "degraded health");
    }

    [Fact]
    public async Task Server_Started_SaysWhereItListensWhereDataIsAndWhatToTry()
    {
        await using ProductProcess server = await ProductProcess.StartAsync(ProductProgram.Server, [], log);
        await Eventually.PassesAsync(
            () =>
            {
                string output = server.Output.ToString();
                Assert.Contains(server.Url, output, StringComparison.Ordinal);
                Assert.Contains(Path.Combine(server.ContentRoot, "data", "experiments.db"), output, StringComparison.Ordinal);
                Assert.Contains($"curl {server.Url}/api/environments", output, StringComparison.Ordinal);
                return Task.CompletedTask;
            },
            "the start message");
    }

    [Fact]
    public async Task Server_SecondOneOnTheSameData_ExitsWithTheReason()
    {
        using var data = new TempDirectory();
        await using ProductProcess first = await ProductProcess.StartAsync(ProductProgram.Server, [("DataDirectory", data.Path)], log);
        await using var second = new ProductProcess(ProductProgram.Server, [("DataDirectory", data.Path)], log);
        await second.LaunchAsync();
        Assert.Equal(1, await second.WaitForExitAsync());
        Assert.Contains(data.PathOf("experiments.db"), second.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_ByRoles_AnswerWhereTheDesignSays()
    {
        await using (ProductProcess control = await ProductProcess.StartAsync(ProductProgram.Server, [("Roles", "control")], log))
        {
            await AssertStatusAsync(control, HttpStatusCode.OK, "/experiments", "/api/experiments", "/health", "/api/health", "/docs/", "/openapi/v1.json");
            await AssertStatusAsync(control, HttpStatusCode.NotFound, "/decide?user_key=u&env=prod", "/api/decide?user_key=u&env=prod");
        }

        await using (ProductProcess decide = await ProductProcess.StartAsync(ProductProgram.Server, [("Roles", "decide")], log))
        {
            await AssertStatusAsync(decide, HttpStatusCode.ServiceUnavailable, "/decide?user_key=u&env=prod", "/api/decide?user_key=u&env=prod");
            await AssertStatusAsync(decide, HttpStatusCode.NotFound, "/experiments", "/api/experiments", "/");
        }

        await using ProductProcess all = await ProductProcess.StartAsync(ProductProgram.Server, [], log);

        // With a dashboard the short paths are its pages.
        await AssertStatusAsync(all, HttpStatusCode.OK, "/", "/experiments", "/api/experiments", "/health", "/api/health", "/docs/", "/openapi/v1.json");
        await AssertStatusAsync(all, HttpStatusCode.NotFound, "/decide?user_key=u&env=prod", "/nothing", "/configs/prod/version.json");
        await AssertStatusAsync(all, HttpStatusCode.ServiceUnavailable, "/api/decide?user_key=u&env=prod");
    }

    private static async Task AssertStatusAsync(ProductProcess process, HttpStatusCode expected, params string[] paths)
    {
        foreach (string path in paths)
        {
            using HttpResponseMessage response = await process.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(response.StatusCode == expected, $"{path}: {response.StatusCode}, but {expected} was expected");
            if (!response.IsSuccessStatusCode)
            {
                Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            }
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Experiments.EndToEnd.Tests.Support;
using Xunit.Abstractions;

namespace Experiments.EndToEnd.Tests;

/// <summary>What callers may send by mistake or on purpose, through the gateway to the other processes and in one process.</summary>
public sealed class HostileInputTests(HostileInputTests.Processes processes, ITestOutputHelper log)
    : IClassFixture<HostileInputTests.Processes>
{
    private const int Mebibyte = 1024 * 1024;

    public static TheoryData<string, string> Bodies => new()
    {
        { "10 MB", $$"""{"user_key":"u","env":"prod","name":"{{new string('x', 10 * Mebibyte)}}"}""" },
        { "1,000 levels", $$"""{"user_key":"u","env":"prod","name":"n","context":{{string.Concat(Enumerable.Repeat("[", 1000))}}""" },
        { "1,000 levels, closed", $$"""{"name":{{string.Concat(Enumerable.Repeat("[", 1000))}}{{string.Concat(Enumerable.Repeat("]", 1000))}}}""" },
        { "half a surrogate pair in a name", """{"name":"\ud800","key":"k","env":"x","user_key":"u"}""" },
        { "cut off", """{"name":"pr""" },
        { "empty", "" },
        { "an array", "[]" },
        { "null", "null" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Post_HostileBody_IsA4xxOr503WithAReason(string what, string body)
    {
        foreach (ProductProcess process in new[] { processes.Split.Gateway, processes.All })
        {
            foreach (string path in new[] { "/api/environments", "/api/experiments", "/api/audiences", "/api/decide" })
            {
                await AssertRefusedAsync(process, path, new StringContent(body, Encoding.UTF8, "application/json"), what);
            }
        }
    }

    [Fact]
    public async Task Post_SchemaWithAPatternThatNeverEnds_IsA400WithAReason()
    {
        HttpClient http = processes.All.Http;
        using var environment = new StringContent("""{"name":"patterns"}""", Encoding.UTF8, "application/json");
        using HttpResponseMessage made = await http.PostAsync(new Uri("/api/environments", UriKind.Relative), environment);
        string id = JsonElement.Parse(await made.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
        using var flag = new StringContent(
            $$"""{"environmentId":"{{id}}","key":"k","type":"string","schema":{"pattern":"^(a+)+$"},"variants":[{"key":"v","value":"{{new string('a', 60)}}!"}]}""",
            Encoding.UTF8,
            "application/json");

        using HttpResponseMessage refused = await http.PostAsync(new Uri("/api/flags", UriKind.Relative), flag);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("takes too long", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_InvalidUtf8_IsA400WithAReason()
    {
        byte[] body = [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\",\"env\":\"prod\",\"user_key\":\"u\"}"u8];
        foreach (string path in new[] { "/api/environments", "/api/experiments", "/api/decide" })
        {
            using var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            await AssertRefusedAsync(processes.All, path, content, "invalid UTF-8");
        }
    }

    [Fact]
    public async Task Decide_ManyMadeUpEnvironments_MemoryStaysBounded()
    {
        int names = LongRun.Count(5_000, 100_000);
        ProductProcess all = processes.All;
        await AskAsync(all, 0, names / 5);
        long before = ResidentBytes(all);
        await AskAsync(all, names / 5, names);
        long grown = ResidentBytes(all) - before;
        log.WriteLine($"{names} names: resident memory grew by {grown / Mebibyte} MiB from {before / Mebibyte} MiB");
        Assert.InRange(grown, long.MinValue, 100L * Mebibyte);
        JsonElement health = await new ControlApi(all.Http).GetAsync("/health");
        Assert.Equal("ok", health.GetProperty("status").GetString());
    }

    private static Task AskAsync(ProductProcess process, int from, int to) => Parallel.ForEachAsync(
        Enumerable.Range(from, to - from),
        new ParallelOptions { MaxDegreeOfParallelism = 32 },
        async (i, cancellation) =>
        {
            using HttpResponseMessage response = await process.Http.GetAsync(
                new Uri($"/api/decide?user_key=u&env=made-up-{i}", UriKind.Relative), cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        });

    private static long ResidentBytes(ProductProcess process)
    {
        using var system = Process.GetProcessById(process.ProcessId);
        return system.WorkingSet64;
    }

    private static async Task AssertRefusedAsync(ProductProcess process, string path, HttpContent body, string what)
    {
        using (body)
        {
            using HttpResponseMessage response = await process.Http.PostAsync(new Uri(path, UriKind.Relative), body);
            string answer = await response.Content.ReadAsStringAsync();
            bool isRefused = (int)response.StatusCode is >= 400 and < 500 or 503;
            Assert.True(isRefused, $"{what} to {process.Url}{path}: {response.StatusCode} {answer}");
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.NotEmpty(JsonElement.Parse(answer).GetProperty("error").GetString()!);
        }
    }

    /// <summary>Started once for all tests of this class: none of them may leave a mark.</summary>
    public sealed class Processes : IAsyncLifetime
    {
        private readonly TempDirectory _store = new();

        internal SplitProduct Split { get; private set; } = null!;

        internal ProductProcess All { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Split = await SplitProduct.StartAsync(StoreSettings.InDirectory(_store.Path));
            All = await ProductProcess.StartAsync(ProductProgram.Server, [("RateLimit:Enabled", "false")]);
        }

        public async Task DisposeAsync()
        {
            await All.DisposeAsync();
            await Split.DisposeAsync();
            _store.Dispose();
        }
    }
}

using Experiments.Cli.Tests.Support;

namespace Experiments.Cli.Tests;

/// <summary>Files and JSON that cannot be used end with 2 before any server is asked.</summary>
public sealed class InputTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly CliTool _tool = new("http://127.0.0.1:1", "prod");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    [InlineData("@")]
    [InlineData("@/no/such/file")]
    [InlineData("@/")]
    public async Task Context_NoJsonObject_EndsWith2(string context)
    {
        CliResult result = (await _tool.RunAsync("decide", "u", "--context", context)).Ends(2);
        Assert.NotEmpty(result.Error);
        (await _tool.RunAsync("explain", "k", "u", "--context", context)).Ends(2);
    }

    [Theory]
    [InlineData("/no/such/file.yaml")]
    [InlineData("/dev/null")]
    [InlineData("file")]
    [InlineData("/proc/self/mem.json")]
    public async Task Apply_AFileThatCannotBeRead_EndsWith2(string path) => (await _tool.RunAsync("apply", "--yes", "-f", path)).Ends(2);

    [Fact]
    public async Task Apply_ADirectoryNamedLikeAFile_EndsWith2()
    {
        Directory.CreateDirectory(_directory.PathOf("a.yaml"));
        CliResult result = (await _tool.RunAsync("apply", "--yes", "-f", _directory.PathOf("a.yaml"))).Ends(2);
        Assert.StartsWith("cannot read", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_AFileOfMoreThan64MiB_IsRefusedUnread()
    {
        string path = _directory.PathOf("large.yaml");
        await using (FileStream file = File.Create(path))
        {
            file.SetLength(100L * 1024 * 1024);
        }

        CliResult result = (await _tool.RunAsync("apply", "--yes", "-f", path)).Ends(2);
        Assert.Contains("larger than 64 MiB", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_AnEndlessDevice_IsRefused()
    {
        // A name that ends in .yaml and a file that never ends.
        File.CreateSymbolicLink(_directory.PathOf("endless.yaml"), "/dev/zero");
        CliResult result = (await _tool.RunAsync("apply", "--yes", "-f", _directory.PathOf("endless.yaml"))).Ends(2);
        Assert.Contains("larger than 64 MiB", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_NobodyToAsk_EndsWith2()
    {
        string path = _directory.PathOf("a.json");
        await File.WriteAllTextAsync(path, "{}");
        await using CannedServer server = await CannedServer.StartAsync((context, _) => CannedServer.WriteJsonAsync(context, "{}"));
        CliResult result = (await new CliTool(server.Url, "prod").RunWithInputAsync("y\n", "apply", "-f", path)).Ends(2);
        Assert.Contains("--yes", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Requests, static request => request.Method == "POST");
    }
}

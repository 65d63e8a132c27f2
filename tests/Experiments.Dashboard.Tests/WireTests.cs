using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Experiments.Dashboard.Tests.Support;

namespace Experiments.Dashboard.Tests;

/// <summary>What a first load brings over the wire.</summary>
public sealed partial class WireTests(DashboardFixture fixture) : IClassFixture<DashboardFixture>
{
    private const int MaxBytes = 400_000;
    private const int SmallBytes = 2_000;

    [Fact]
    public async Task FirstLoad_PageAndAllItsFiles_AreCompressedAndSmall()
    {
        (await fixture.Server.Http.PostAsJsonAsync("/api/environments", new { name = "prod" })).EnsureSuccessStatusCode();
        using HttpClient http = new() { BaseAddress = new Uri(fixture.Server.Url) };
        string page = await http.GetStringAsync(new Uri("/flags", UriKind.Relative));
        string[] files = [.. FilePattern().Matches(page).Select(static match => match.Groups["path"].Value).Distinct(StringComparer.Ordinal)];
        Assert.True(files.Length >= 6, string.Join(' ', files));

        long total = 0;
        foreach (string file in files.Prepend("flags"))
        {
            long plain = (await http.GetByteArrayAsync(new Uri(file, UriKind.Relative))).Length;
            using HttpRequestMessage request = new(HttpMethod.Get, new Uri(file, UriKind.Relative));
            request.Headers.AcceptEncoding.ParseAdd("gzip, br");
            using HttpResponseMessage answer = await http.SendAsync(request);
            long compressed = (await answer.Content.ReadAsByteArrayAsync()).Length;
            Assert.True(answer.IsSuccessStatusCode, file);
            Assert.Single(answer.Content.Headers.ContentEncoding);
            Assert.True(compressed < 0.8 * plain || plain < SmallBytes, $"{file}: {compressed} of {plain} bytes");
            total += compressed;
        }

        Assert.InRange(total, 1, MaxBytes);
    }

    [Fact]
    public async Task Api_AnswersAsItDidBefore_WithoutCompression()
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri("/api/environments", UriKind.Relative));
        request.Headers.AcceptEncoding.ParseAdd("gzip, br");
        using HttpResponseMessage answer = await fixture.Server.Http.SendAsync(request);

        Assert.Empty(answer.Content.Headers.ContentEncoding);
    }

    [GeneratedRegex("(?:src|href)=\"(?<path>_(?:content|framework)/[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex FilePattern();
}

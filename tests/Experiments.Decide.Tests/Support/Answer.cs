using System.Net;
using System.Text;
using System.Text.Json;

namespace Experiments.Decide.Tests.Support;

/// <summary>What the server answered.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Body, new JsonDocumentOptions { MaxDepth = 1024 });
            return document.RootElement.Clone();
        }
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsByteArrayAsync(),
        response.Content.Headers.ContentType?.ToString(),
        response.Headers.Concat(response.Content.Headers)
            .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Asserts an error of ours: status, problem details and the sentence.</summary>
    public void AssertProblem(HttpStatusCode status, string error)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/problem+json", ContentType);
        JsonElement problem = Json;
        Assert.Equal(error, problem.GetProperty("error").GetString());
        Assert.Equal(error, problem.GetProperty("detail").GetString());
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("type").GetString()!);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.StartsWith("/", problem.GetProperty("instance").GetString(), StringComparison.Ordinal);
    }

    public override string ToString() => $"{(int)Status} {Text}";
}

using System.Net;
using System.Text.Json;

namespace Experiments.Gateway.Tests.Support;

internal static class Problem
{
    /// <summary>Asserts the status and the form that every error has; answers its sentence.</summary>
    public static async Task<string> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        string body = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{response.StatusCode}: {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using JsonDocument problem = JsonDocument.Parse(body);
        Assert.Equal((int)expected, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("error").GetString()!;
    }
}

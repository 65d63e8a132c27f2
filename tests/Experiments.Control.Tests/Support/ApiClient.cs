using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Experiments.Control.Tests.Support;

/// <summary>Plain HTTP and JSON, as any caller would use it. A body that is a string is sent as it is; another one is serialized.</summary>
internal sealed partial class ApiClient(HttpClient http)
{
    public HttpClient Http => http;

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PatchAsync(string path, object? body = null) => SendAsync(HttpMethod.Patch, path, body);

    public Task<Answer> PutAsync(string path, object? body = null) => SendAsync(HttpMethod.Put, path, body);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public Task<Answer> SendAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, path, ContentOf(body));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await http.SendAsync(request);
        byte[] body = await response.Content.ReadAsByteArrayAsync();
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach (var header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
        {
            headers[header.Key] = header.Value.ToString();
        }

        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, headers, body);
    }

    public static HttpContent Json(string json) => Json(Encoding.UTF8.GetBytes(json));

    public static HttpContent Json(byte[] json) =>
        new ByteArrayContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static HttpContent? ContentOf(object? body) => body switch
    {
        null => null,
        string json => Json(json),
        _ => Json(JsonSerializer.Serialize(body)),
    };
}

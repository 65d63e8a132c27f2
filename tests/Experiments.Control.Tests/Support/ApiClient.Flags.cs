using System.Net;
using System.Text.Json;

namespace Experiments.Control.Tests.Support;

/// <content>Flags.</content>
internal sealed partial class ApiClient
{
    /// <summary>A boolean flag that is enabled, with the variants "on" and "off", of which the latter is the default.</summary>
    /// <param name="environmentId">Where.</param>
    /// <param name="more">JSON members after those, with a comma in front.</param>
    /// <param name="key">Null is a new one.</param>
    public async Task<Answer> CreateFlagAsync(string environmentId, string more = "", string? key = null) =>
        (await PostAsync("/flags", FlagBody(environmentId, more, key))).Expect(HttpStatusCode.Created);

    public static string FlagBody(string environmentId, string more = "", string? key = null) => $$"""
        {"environmentId":"{{environmentId}}","key":"{{key ?? NewName("flag")}}","type":"boolean","enabled":true,"off":"off","default":"off",
         "variants":[{"key":"on","value":true},{"key":"off","value":false}]{{more}}}
        """;

    /// <summary>Sends headers too, as <c>name: value</c>.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body, params string[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = ContentOf(body) };
        foreach (string header in headers)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            request.Headers.TryAddWithoutValidation(header[..colon], header[(colon + 1)..].Trim());
        }

        return await SendAsync(request);
    }

    /// <summary>Decides from what is published now, as a program with the SDK would.</summary>
    public async Task<PublishedDecider> DeciderAsync(string environment) =>
        new(environment, (await GetAsync($"/configs/{environment}/snapshots/latest.json")).Expect(HttpStatusCode.OK).Body);

    public static JsonElement[] Items(Answer list) => [.. list["data"].EnumerateArray()];
}

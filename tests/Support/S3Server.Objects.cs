using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;

namespace Experiments.Tests.Support;

/// <summary>Looking at objects, and spoiling them, behind the product's back.</summary>
public sealed partial class S3Server
{
    /// <summary>Content of an object, or null when there is none.</summary>
    public async Task<byte[]?> GetAsync(string bucket, string key)
    {
        using HttpResponseMessage response = await _http.GetAsync(AddressOf(bucket, key));
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        await EnsureSuccessAsync(response, $"get {bucket}/{key}");
        return await response.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Creates or overwrites an object.</summary>
    public async Task PutAsync(string bucket, string key, byte[] content)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, AddressOf(bucket, key)) { Content = new ByteArrayContent(content) };
        using HttpResponseMessage response = await _http.SendAsync(request);
        await EnsureSuccessAsync(response, $"put {bucket}/{key}");
    }

    /// <summary>Creates an object with If-None-Match <c>*</c>.</summary>
    /// <returns>200 when it was created, 412 when there was one already, which stays.</returns>
    public async Task<HttpStatusCode> CreateAsync(string bucket, string key, byte[] content)
    {
        using HttpRequestMessage request = new(HttpMethod.Put, AddressOf(bucket, key)) { Content = new ByteArrayContent(content) };
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using HttpResponseMessage response = await _http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>Deletes an object; does nothing when there is none.</summary>
    public async Task DeleteAsync(string bucket, string key)
    {
        using HttpResponseMessage response = await _http.DeleteAsync(AddressOf(bucket, key));
        await EnsureSuccessAsync(response, $"delete {bucket}/{key}");
    }

    /// <summary>The first 1,000 keys of a bucket that begin with a prefix, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string bucket, string prefix = "")
    {
        Uri address = new($"/{bucket}?list-type=2&prefix={Uri.EscapeDataString(prefix)}", UriKind.Relative);
        using HttpResponseMessage response = await _http.GetAsync(address);
        await EnsureSuccessAsync(response, $"list {bucket}");
        XDocument document = XDocument.Parse(await response.Content.ReadAsStringAsync());
        return [.. document.Descendants().Where(element => element.Name.LocalName == "Key").Select(element => element.Value)];
    }

    // A key may itself hold percent signs (environment names do); they are escaped like everything else but the slashes.
    private static Uri AddressOf(string bucket, string key) =>
        new($"/{bucket}/{Uri.EscapeDataString(key).Replace("%2F", "/", StringComparison.Ordinal)}", UriKind.Relative);
}

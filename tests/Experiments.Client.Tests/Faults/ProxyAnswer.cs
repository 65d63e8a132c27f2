using System.Net;
using System.Text;

namespace Experiments.Client.Tests.Faults;

/// <summary>A response in the proxy's hands.</summary>
internal sealed record ProxyAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>Lines of the head, each with its line end; what frames the body is added by <see cref="Head"/>.</summary>
    public string Fields { get; init; } = "";

    /// <param name="length">Null announces none: the body then ends with the connection.</param>
    public static byte[] HeadOf(HttpStatusCode status, string fields, long? length)
    {
        string framing = length is null ? "Connection: close\r\n" : $"Content-Length: {length}\r\n";
        return Encoding.ASCII.GetBytes($"HTTP/1.1 {(int)status} {status}\r\n{fields}{framing}\r\n");
    }

    public byte[] Head() => Status == HttpStatusCode.NotModified
        ? Encoding.ASCII.GetBytes($"HTTP/1.1 304 Not Modified\r\n{Fields}\r\n")
        : HeadOf(Status, Fields, Body.Length);
}

namespace Experiments.Cli.Tests.Support;

/// <summary>What a server was asked.</summary>
internal sealed record CannedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Null where it was not sent.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

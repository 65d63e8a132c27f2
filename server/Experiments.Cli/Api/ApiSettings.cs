namespace Experiments.Cli.Api;

/// <summary>Where the server is and what it is told about the caller.</summary>
/// <param name="Server">Ends with a slash.</param>
/// <param name="Actor">Null is none.</param>
/// <param name="Reason">Null is none.</param>
/// <param name="Timeout">From a request to the head of its answer, and to its end where that is kept in memory; infinite is no limit, but to connect.</param>
internal sealed record ApiSettings(Uri Server, string? Actor, string? Reason, TimeSpan Timeout);

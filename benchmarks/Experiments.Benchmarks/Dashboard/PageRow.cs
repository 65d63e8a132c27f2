namespace Experiments.Benchmarks.Dashboard;

/// <summary>The first load of a page with an empty cache, until it answers to clicks.</summary>
/// <param name="Path">Of the page.</param>
/// <param name="Requests">How many.</param>
/// <param name="DocumentBytes">Of the page alone, as it came over the wire.</param>
/// <param name="Bytes">Of all answers, as they came over the wire, headers included.</param>
/// <param name="SocketBytes">Of the messages on the WebSocket, which its compression makes smaller still.</param>
internal sealed record PageRow(string Path, int Requests, long DocumentBytes, long Bytes, long SocketBytes);

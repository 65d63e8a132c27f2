namespace Experiments.Benchmarks.Browser;

/// <summary>Something that people do on a page.</summary>
/// <param name="Id">Stable name.</param>
/// <param name="Title">For people.</param>
/// <param name="Path">The page that it is done on; it is opened once, through its links where that is possible.</param>
/// <param name="Steps">JavaScript of what is done, one after the other: each with what is seen then. One round does all of them, and the steps
/// named by <paramref name="Measured"/> are measured; the others lead back.</param>
/// <param name="Measured">How many of the steps, from the first.</param>
internal sealed record Click(string Id, string Title, string Path, IReadOnlyList<(string Act, string Seen)> Steps, int Measured = 1);

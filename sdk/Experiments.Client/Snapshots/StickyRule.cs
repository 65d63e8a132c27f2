namespace Experiments.Client.Snapshots;

/// <summary>How a split remembers users.</summary>
/// <param name="Entry">Name of the entry that holds the variant.</param>
/// <param name="Blocked">Names of entries that keep a user out.</param>
/// <param name="Targets">Where each value of the entry leads.</param>
internal sealed record StickyRule(string Entry, string[] Blocked, Dictionary<string, int> Targets);

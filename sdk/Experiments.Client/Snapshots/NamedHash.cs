using Experiments.Client.Bucketing;

namespace Experiments.Client.Snapshots;

/// <summary>What a hash has that the snapshot names: those of experiments have none of it.</summary>
/// <param name="Name">In the snapshot.</param>
/// <param name="Function">Where the form is <see cref="HashForm.Parts"/>.</param>
/// <param name="Missing">What it comes to without its unit.</param>
/// <param name="Parts">What is hashed.</param>
internal sealed record NamedHash(string Name, HashFunction Function, MissingUnit Missing, HashPart[] Parts);

namespace Experiments.Client.Snapshots;

/// <summary>What tells whether a part of a snapshot has changed: its own text, and the names of the parts that it depends on.</summary>
/// <param name="Fingerprint">Of its text.</param>
/// <param name="DependsOn">Names in <see cref="CompiledSnapshot.Definitions"/>.</param>
internal readonly record struct Definition(ulong Fingerprint, string[] DependsOn)
{
    public static string OfFlag(string key) => "flag:" + key;

    public static string OfAudience(string name) => "audience:" + name;

    public static string OfHash(string name) => "hash:" + name;
}

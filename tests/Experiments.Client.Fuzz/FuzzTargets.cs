namespace Experiments.Client.Fuzz;

/// <summary>What can be fuzzed.</summary>
internal static class FuzzTargets
{
    public static FuzzTarget Snapshot { get; } = new("snapshot", SnapshotContract.Check);

    public static FuzzTarget Context { get; } = new("context", ContextContract.Check);

    public static FuzzTarget? Find(string name) => Array.Find([Snapshot, Context], target => target.Name == name);
}

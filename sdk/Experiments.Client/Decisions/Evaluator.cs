using Experiments.Client.Bucketing;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>The one place where a decision is made.</summary>
internal static class Evaluator
{
    // Snapshots with more attributes than this take a pooled array for the look-up cache of DecideAll.
    private const int StackHandles = 128;

    public static Decision Decide<TAttributes>(
        CompiledSnapshot snapshot, CompiledExperiment experiment, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        // Targeting first: it is cheaper than the hash and leaves most users out of a targeted experiment.
        if (!snapshot.Targeting.Holds(experiment.Entry, in attributes, handles: []))
        {
            return experiment.Default;
        }

        using var hash = new UserKeyHash(userKey, experiment.Salt.Length, stackalloc byte[UserKeyHash.StackBytes]);
        return experiment.Split[hash.Bucket(experiment.Salt)];
    }

    /// <summary>Decides the first <c>decisions.Length</c> experiments.</summary>
    public static void DecideAll<TAttributes>(
        CompiledSnapshot snapshot, string userKey, Span<Decision> decisions, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        using var handles = new HandleCache(snapshot.Targeting.SlotCount, stackalloc int[StackHandles]);
        using var hash = new UserKeyHash(userKey, snapshot.MaxSaltLength, stackalloc byte[UserKeyHash.StackBytes]);
        CompiledExperiment[] experiments = snapshot.Experiments;
        for (int i = 0; i < decisions.Length; i++)
        {
            CompiledExperiment experiment = experiments[i];
            decisions[i] = snapshot.Targeting.Holds(experiment.Entry, in attributes, handles.Cells)
                ? experiment.Split[hash.Bucket(experiment.Salt)]
                : experiment.Default;
        }
    }
}

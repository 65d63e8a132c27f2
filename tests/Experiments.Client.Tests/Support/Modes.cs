using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Tests;

/// <summary>Decides in every way that there is and demands that they agree.</summary>
internal static class Modes
{
    public static Decision Decide<TAttributes>(
        CompiledSnapshot snapshot,
        int flag,
        string userKey,
        scoped in TAttributes attributes,
        DecisionSurroundings? surroundings = null)
        where TAttributes : IAttributes, allows ref struct
    {
        surroundings ??= DecisionSurroundings.Default;
        Decision plain = Evaluator.Decide(snapshot, flag, surroundings, userKey, in attributes);
        Decision remembering = Evaluator.Trace(snapshot, flag, surroundings, userKey, in attributes, default(NoTrace));
        Assert.Same(plain, remembering);
        Decision[] all = new Decision[snapshot.Flags.Length];
        Evaluator.DecideAll(snapshot, surroundings, userKey, all, in attributes);
        Assert.Same(plain, all[flag]);
        return plain;
    }
}

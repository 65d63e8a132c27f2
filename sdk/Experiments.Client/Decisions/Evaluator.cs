using System.Runtime.CompilerServices;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>The one place where decisions are made.</summary>
internal static class Evaluator
{
    // From here on, finding attributes one by one takes longer than one pass over all of them.
    private const int ManyAttributes = 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Decision Decide<TAttributes>(
        CompiledSnapshot snapshot, int flag, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        ref readonly CompiledFlag decided = ref snapshot.Flags[flag];
        int ending = ~decided.Entry;
        if (ending < 0)
        {
            ending = Run(snapshot.Program, in decided, surroundings, userKey, in attributes);
        }

        return OutcomeOf(snapshot, in decided, ending);
    }

    /// <summary>Decides the first <c>decisions.Length</c> flags and experiments.</summary>
    public static void DecideAll<TAttributes>(
        CompiledSnapshot snapshot,
        DecisionSurroundings surroundings,
        string userKey,
        Span<Decision> decisions,
        scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        CompiledProgram program = snapshot.Program;
        var stack = default(WorkspaceBuffer);
        var workspace = new Workspace(program, program.HashSlotCount, ref stack);
        var evaluation = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: true, default);
        ReadOnlySpan<int> entries = snapshot.FlagEntries.AsSpan(0, decisions.Length);
        Decision[] outcomes = program.Outcomes;
        for (int i = 0; i < entries.Length; i++)
        {
            int ending = evaluation.Run(entries[i]);
            decisions[i] = ending >= Ending.FirstOutcome ? outcomes[ending] : OutcomeOf(snapshot, in snapshot.Flags[i], ending);
        }

        workspace.Dispose();
    }

    /// <summary>Decides every experiment, in snapshot order, duplicates of a key included.</summary>
    /// <param name="snapshot">What is decided by.</param>
    /// <param name="surroundings">Time and sticky store.</param>
    /// <param name="userKey">Who is decided for.</param>
    /// <param name="endings">As long as there are experiments; receives numbers of outcomes, or of faults.</param>
    /// <param name="attributes">The context.</param>
    public static void DecideExperiments<TAttributes>(
        CompiledSnapshot snapshot, DecisionSurroundings surroundings, string userKey, Span<int> endings, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        CompiledProgram program = snapshot.Program;
        var stack = default(WorkspaceBuffer);
        var workspace = new Workspace(program, program.HashSlotCount, ref stack);
        var evaluation = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: true, default);
        ReadOnlySpan<int> entries = snapshot.ExperimentEntries;
        for (int i = 0; i < entries.Length; i++)
        {
            endings[i] = evaluation.Run(entries[i]);
        }

        workspace.Dispose();
    }

    /// <summary>Decides one flag, watched.</summary>
    public static Decision Trace<TAttributes, TTrace>(
        CompiledSnapshot snapshot,
        int flag,
        DecisionSurroundings surroundings,
        string userKey,
        scoped in TAttributes attributes,
        TTrace trace)
        where TAttributes : IAttributes, allows ref struct
        where TTrace : struct, ITrace
    {
        ref readonly CompiledFlag decided = ref snapshot.Flags[flag];
        var stack = default(WorkspaceBuffer);
        var workspace = new Workspace(snapshot.Program, snapshot.Program.SharedHashSlotCount, ref stack);
        int ending = new Evaluation<TAttributes, TTrace>(
            snapshot.Program, surroundings, userKey, in attributes, workspace, decidesAll: false, trace).Run(decided.Entry);
        workspace.Dispose();
        return OutcomeOf(snapshot, in decided, ending);
    }

    private static int Run<TAttributes>(
        CompiledProgram program, ref readonly CompiledFlag flag, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct => flag.NeedsWorkspace || attributes.Count > ManyAttributes
            ? RunWithWorkspace(program, flag.Entry, surroundings, userKey, in attributes)
            : new Evaluation<TAttributes, NoTrace>(program, surroundings, userKey, in attributes).Run(flag.Entry);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int RunWithWorkspace<TAttributes>(
        CompiledProgram program, int entry, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        var stack = default(WorkspaceBuffer);
        var workspace = new Workspace(program, program.SharedHashSlotCount, ref stack);
        int ending = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: false, default).Run(entry);
        workspace.Dispose();
        return ending;
    }

    private static Decision OutcomeOf(CompiledSnapshot snapshot, ref readonly CompiledFlag flag, int ending) =>
        snapshot.Program.Outcomes[ending >= Ending.FirstOutcome ? ending : flag.FirstFault + (ending - Ending.FirstFault)];
}

using System.Buffers;
using System.Runtime.CompilerServices;
using Experiments.Client.Bucketing;
using Experiments.Client.Snapshots;
using Experiments.Client.Targeting;

namespace Experiments.Client.Decisions;

/// <summary>The one place where decisions are made.</summary>
internal static class Evaluator
{
    // From here on, finding attributes one by one takes longer than one pass over all of them.
    private const int ManyAttributes = 16;

    private const int StackEndings = 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Decision Decide<TAttributes>(
        CompiledSnapshot snapshot, int flag, DecisionSurroundings surroundings, string userKey, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        CompiledProgram program = snapshot.Program;
        ref readonly CompiledFlag decided = ref snapshot.Flags[flag];
        int place = decided.Entry;
        if (place >= 0)
        {
            if (!decided.NeedsWorkspace && attributes.Count <= ManyAttributes)
            {
                place = ShortRun.Run(program, in decided, userKey, ref Unsafe.AsRef(in attributes));
            }

            if (place >= 0)
            {
                place = ~Finish(program, place, decided.NeedsWorkspace || attributes.Count > ManyAttributes, surroundings, userKey, in attributes);
            }
        }

        return OutcomeOf(program, in decided, ~place);
    }

    /// <summary>Decides the first <c>decisions.Length</c> flags and experiments.</summary>
    [SkipLocalsInit]
    public static void DecideAll<TAttributes>(
        CompiledSnapshot snapshot,
        DecisionSurroundings surroundings,
        string userKey,
        Span<Decision> decisions,
        scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        int[]? rented = null;
        Span<int> endings = decisions.Length <= StackEndings
            ? stackalloc int[StackEndings]
            : (rented = ArrayPool<int>.Shared.Rent(decisions.Length));
        endings = endings[..decisions.Length];
        DecideAll(snapshot.Program, snapshot.FlagRows.AsSpan(0, decisions.Length), surroundings, userKey, endings, in attributes);
        Decision[] outcomes = snapshot.Program.Outcomes;
        for (int i = 0; i < endings.Length; i++)
        {
            decisions[i] = endings[i] >= Ending.FirstOutcome
                ? outcomes[endings[i]]
                : OutcomeOf(snapshot.Program, in snapshot.Flags[i], endings[i]);
        }

        if (rented is not null)
        {
            ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Decides every experiment, in snapshot order, duplicates of a key included.</summary>
    /// <param name="snapshot">What is decided by.</param>
    /// <param name="surroundings">Time and sticky store.</param>
    /// <param name="userKey">Who is decided for.</param>
    /// <param name="endings">As long as there are experiments; receives numbers of outcomes, or of faults.</param>
    /// <param name="attributes">The context.</param>
    public static void DecideExperiments<TAttributes>(
        CompiledSnapshot snapshot, DecisionSurroundings surroundings, string userKey, Span<int> endings, scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct =>
        DecideAll(snapshot.Program, snapshot.ExperimentRows, surroundings, userKey, endings, in attributes);

    /// <summary>Decides every experiment and every flag in one go: at one time, so that an experiment and the flag that decides it agree,
    /// and with hashes and prerequisites shared.</summary>
    /// <param name="snapshot">What is decided by.</param>
    /// <param name="surroundings">Time and sticky store.</param>
    /// <param name="userKey">Who is decided for.</param>
    /// <param name="experiments">As long as there are experiments; receives numbers of outcomes, or of faults.</param>
    /// <param name="flags">As long as there are flags; receives numbers of outcomes, in snapshot order.</param>
    /// <param name="attributes">The context.</param>
    [SkipLocalsInit]
    public static void DecideEverything<TAttributes>(
        CompiledSnapshot snapshot,
        DecisionSurroundings surroundings,
        string userKey,
        Span<int> experiments,
        Span<int> flags,
        scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        CompiledProgram program = snapshot.Program;
        Unsafe.SkipInit(out WorkspaceBuffer stack);
        var workspace = new Workspace(program, program.HashSlotCount, program.RowConditions.Length, ref stack);
        var evaluation = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: true, default);
        evaluation.RunAll(snapshot.ExperimentRows, experiments);
        int firstFlag = snapshot.Flags.Length - flags.Length;
        evaluation.RunAll(snapshot.FlagRows.AsSpan(firstFlag), flags);
        workspace.Dispose();
        for (int i = 0; i < flags.Length; i++)
        {
            flags[i] = OutcomeNumberOf(in snapshot.Flags[firstFlag + i], flags[i]);
        }
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
        Unsafe.SkipInit(out WorkspaceBuffer stack);
        var workspace = new Workspace(snapshot.Program, snapshot.Program.SharedHashSlotCount, conditionCount: 0, ref stack);
        int ending = new Evaluation<TAttributes, TTrace>(
            snapshot.Program, surroundings, userKey, in attributes, workspace, decidesAll: false, trace).Run(decided.Entry);
        workspace.Dispose();
        return OutcomeOf(snapshot.Program, in decided, ending);
    }

    [SkipLocalsInit]
    private static void DecideAll<TAttributes>(
        CompiledProgram program,
        ReadOnlySpan<FlagRow> rows,
        DecisionSurroundings surroundings,
        string userKey,
        Span<int> endings,
        scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        Unsafe.SkipInit(out WorkspaceBuffer stack);
        var workspace = new Workspace(program, program.HashSlotCount, program.RowConditions.Length, ref stack);
        var evaluation = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: true, default);
        evaluation.RunAll(rows, endings);
        workspace.Dispose();
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Finish<TAttributes>(
        CompiledProgram program,
        int place,
        bool needsWorkspace,
        DecisionSurroundings surroundings,
        string userKey,
        scoped in TAttributes attributes)
        where TAttributes : IAttributes, allows ref struct
    {
        if (!needsWorkspace)
        {
            return new Evaluation<TAttributes, NoTrace>(program, surroundings, userKey, in attributes).Run(place);
        }

        Unsafe.SkipInit(out WorkspaceBuffer stack);
        var workspace = new Workspace(program, program.SharedHashSlotCount, conditionCount: 0, ref stack);
        int ending = new Evaluation<TAttributes, NoTrace>(
            program, surroundings, userKey, in attributes, workspace, decidesAll: false, default).Run(place);
        workspace.Dispose();
        return ending;
    }

    private static Decision OutcomeOf(CompiledProgram program, ref readonly CompiledFlag flag, int ending) =>
        program.Outcomes[OutcomeNumberOf(in flag, ending)];

    private static int OutcomeNumberOf(ref readonly CompiledFlag flag, int ending) =>
        ending >= Ending.FirstOutcome ? ending : flag.FirstFault + (ending - Ending.FirstFault);
}

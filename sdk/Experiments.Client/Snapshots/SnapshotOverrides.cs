namespace Experiments.Client.Snapshots;

/// <summary>
/// Puts variants that were set by hand into a snapshot: the flags always come out so, wherever they are asked for. Deciding costs nothing
/// more for it.
/// </summary>
internal static class SnapshotOverrides
{
    /// <param name="snapshot">Stays as it is.</param>
    /// <param name="variantKeys">By key of the flag or experiment; null, or a variant that there is not, is the caller's fallback.</param>
    public static CompiledSnapshot Apply(CompiledSnapshot snapshot, IReadOnlyDictionary<string, string?> variantKeys)
    {
        if (variantKeys.Count == 0)
        {
            return snapshot;
        }

        List<Decision> outcomes = [.. snapshot.Program.Outcomes];
        CompiledFlag[] flags = [.. snapshot.Flags];
        FlagRow[] rows = [.. snapshot.FlagRows];
        for (int i = 0; i < flags.Length; i++)
        {
            ref CompiledFlag flag = ref flags[i];
            if (flag.TakesOverride && variantKeys.TryGetValue(flag.Key, out string? variantKey))
            {
                outcomes.Add(Decide(snapshot, in flag, variantKey));
                flag.Entry = ~(outcomes.Count - 1);
                rows[i] = new FlagRow { Next = flag.Entry, Slot = FlagRow.NoSlot };
            }
        }

        return snapshot with
        {
            Flags = flags,
            FlagRows = rows,
            ExperimentRows = [.. snapshot.ExperimentRows.Select(
                (row, i) => snapshot.ExperimentFlags[i] == CompiledSnapshot.NotListed ? row : rows[snapshot.ExperimentFlags[i]])],
            Program = snapshot.Program with
            {
                Outcomes = [.. outcomes],
                Routines = Array.ConvertAll(snapshot.Program.Routines, routine => Follow(routine, snapshot, flags)),
            },
        };
    }

    private static Decision Decide(CompiledSnapshot snapshot, ref readonly CompiledFlag flag, string? variantKey)
    {
        DecisionVariant? chosen = null;
        foreach (DecisionVariant variant in snapshot.Variants.AsSpan(flag.FirstVariant, flag.VariantCount))
        {
            if (string.Equals(variant.Key, variantKey, StringComparison.Ordinal))
            {
                chosen = variant;
                break;
            }
        }

        return new Decision(flag.Origin, DecisionReason.Override) { Variant = chosen };
    }

    private static Routine Follow(Routine routine, CompiledSnapshot snapshot, CompiledFlag[] flags) =>
        routine.IsFlag && snapshot.FlagByKey.TryGetValue(routine.Name, out int flag) && !flags[flag].Origin.IsExperiment
            ? routine with { Entry = flags[flag].Entry }
            : routine;
}

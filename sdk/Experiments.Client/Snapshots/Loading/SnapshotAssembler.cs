using System.Collections.Frozen;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Puts the parts of a snapshot together once all of them are read.</summary>
internal sealed class SnapshotAssembler(
    SnapshotParts parts, List<ParsedExperiment> experiments, List<CompiledFlag> flags, SnapshotFormat format)
{
    private readonly Dictionary<string, int> _flagByKey = new(StringComparer.Ordinal);

    public CompiledSnapshot Assemble(long version, string environment, string publishedAt)
    {
        for (int i = 0; i < flags.Count; i++)
        {
            // Of flags with the same key the first one answers.
            _flagByKey.TryAdd(flags[i].Key, i);
        }

        int[] entries = new int[experiments.Count];
        int[] experimentFlags = new int[experiments.Count];
        List<CompiledFlag> listed = new(experiments.Count + flags.Count);
        for (int i = 0; i < experiments.Count; i++)
        {
            CompiledFlag experiment = Linked(experiments[i]);
            entries[i] = experiment.Entry;
            bool isListed = experiments[i].FlagKey != experiment.Key || format == SnapshotFormat.Experiments
                || !_flagByKey.ContainsKey(experiment.Key);
            experimentFlags[i] = isListed ? listed.Count : CompiledSnapshot.NotListed;
            if (isListed)
            {
                listed.Add(experiment);
            }
        }

        listed.AddRange(flags);
        CompiledProgram program = BuildProgram(version);
        var rows = new RowBuilder(program);
        FlagRow[] experimentRows = Array.ConvertAll(entries, rows.RowOf);
        bool areSame = flags.Count == 0 && listed.Count == experiments.Count;
        FlagRow[] flagRows = areSame ? experimentRows : [.. listed.Select(flag => rows.RowOf(flag.Entry))];
        FrozenDictionary<string, int> flagByKey = IndexByKey(listed);
        return new CompiledSnapshot
        {
            Version = version,
            Environment = environment,
            PublishedAt = publishedAt,
            // Once every row has been asked for: each may number more.
            Program = program with { RowConditions = rows.Conditions },
            Flags = [.. listed],
            Definitions = parts.Definitions.Definitions,
            Variants = [.. parts.Variants],
            FlagRows = flagRows,
            FlagByKey = flagByKey,
            Index = new FlagIndex(flagByKey, listed.Count),
            ExperimentRows = experimentRows,
            ExperimentFlags = experimentFlags,
            FlagNotFound = new Decision(new DecisionOrigin("", version), DecisionReason.FlagNotFound),
        };
    }

    /// <summary>An experiment that a flag decides has one instruction: it asks the flag.</summary>
    private CompiledFlag Linked(ParsedExperiment parsed)
    {
        CompiledFlag experiment = parsed.Compiled;
        if (format == SnapshotFormat.Experiments || parsed.FlagKey is null)
        {
            return experiment;
        }

        experiment.TakesOverride = false;
        if (!_flagByKey.ContainsKey(parsed.FlagKey))
        {
            experiment.NeedsWorkspace = false;
            experiment.Entry = ~parsed.Missed;
            return experiment;
        }

        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (DecisionVariant variant in parts.Variants.Slice(experiment.FirstVariant, experiment.VariantCount))
        {
            outcomes.TryAdd(variant.Key!, parts.Outcomes.Add(new Decision(experiment.Origin, DecisionReason.Split)
            {
                Variant = variant,
                IsFromSplit = true,
            }));
        }

        CodeEmitter code = parts.Code;
        int firstInstruction = code.Count;
        code.Tracker.Begin(isExperiment: false);
        int label = code.Emit(new Instruction
        {
            Operation = Operation.Linked,
            Operand = parts.Routines.Link(parsed.FlagKey, outcomes),
            OnTrue = code.EndLabel(parsed.Missed),
            OnFalse = code.EndLabel(parsed.Missed),
        });
        experiment.Entry = code.TargetOf(label);
        code.Resolve();
        parts.Definitions.Add(Definition.OfFlag(experiment.Key), experiment.Fingerprint, firstInstruction);
        experiment.EarlyHash = CompiledHash.NoHash;
        experiment.NeedsWorkspace = true;
        experiment.FirstFault = parts.Outcomes.AddFaults(experiment.Origin);
        return experiment;
    }

    /// <summary>A flag comes before an experiment of the same key, and the first of several before the others.</summary>
    private FrozenDictionary<string, int> IndexByKey(List<CompiledFlag> listed)
    {
        var byKey = new Dictionary<string, int>(listed.Count, StringComparer.Ordinal);
        int firstFlag = listed.Count - flags.Count;
        for (int i = firstFlag; i < listed.Count; i++)
        {
            byKey.TryAdd(listed[i].Key, i);
        }

        for (int i = 0; i < firstFlag; i++)
        {
            byKey.TryAdd(listed[i].Key, i);
        }

        return byKey.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private CompiledProgram BuildProgram(long version)
    {
        int notFound = parts.Outcomes.Add(new Decision(new DecisionOrigin("", version), DecisionReason.FlagNotFound));
        CompiledHash[] hashes = parts.Hashes.Build(parts.Code.Tracker.HashUses);
        return new CompiledProgram
        {
            Code = parts.Code.ToArray(),
            RowConditions = [],
            Attributes = parts.Slots.Index,
            Paths = [.. parts.Slots.Index.Paths],
            Scalars = [.. parts.Slots.Index.Scalars],
            ScalarSets = parts.Operands.BuildSets(),
            ScalarSetNumbers = parts.Operands.SetNumbers,
            FoldedSets = parts.Operands.FoldedSets,
            Numbers = parts.Operands.Numbers,
            Instants = parts.Operands.Instants,
            TextTests = parts.Operands.TextTests,
            NestedConditions = [.. parts.Operands.Nested],
            Hashes = hashes,
            LiteralWords = parts.Hashes.LiteralWords,
            Batches = parts.Hashes.Batches,
            HashSlotCount = parts.Hashes.SlotCount,
            SharedHashSlotCount = parts.Hashes.SharedSlotCount,
            RangeTables = parts.Ranges.Build(hashes),
            CutStarts = parts.Ranges.Starts,
            CutTargets = parts.Ranges.Targets,
            StickyRules = [.. parts.StickyRules],
            Prerequisites = parts.Routines.Prerequisites,
            Links = parts.Routines.Links,
            Routines = parts.Routines.Build(
                key => _flagByKey.TryGetValue(key, out int flag) ? flags[flag].Entry : null, ~notFound),
            Outcomes = parts.Outcomes.ToArray(),
        };
    }
}

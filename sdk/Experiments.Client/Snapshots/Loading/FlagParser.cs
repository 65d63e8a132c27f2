using System.Text.Json;
using Experiments.Client.Json;
using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Reads one flag and compiles its ordered rules to instructions.</summary>
internal sealed class FlagParser(SnapshotParts parts)
{
    private static readonly string[] Types = ["boolean", "string", "integer", "number", "json"];

    private readonly SplitParser _splits = new(parts);

    /// <summary>Reads the object that the reader stands on.</summary>
    public CompiledFlag Parse(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json, long version)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        int start = (int)reader.TokenStartIndex;
        var members = default(FlagMembers);
        while (JsonTokens.NextMember(ref reader))
        {
            members.Read(ref reader);
        }

        int end = (int)reader.BytesConsumed;
        if (members.Key is null || !members.HasVariants)
        {
            JsonTokens.Refuse("a flag needs a key and variants");
        }

        if (members.Type is { } type && !Types.Contains(type, StringComparer.Ordinal))
        {
            JsonTokens.Refuse("a flag has a type that this reader does not know");
        }

        Dictionary<string, DecisionVariant> variants = ParseVariants(ref members.Variants, utf8Json);
        var scope = new FlagScope(new DecisionOrigin(members.Key!, version), variants, parts.Outcomes);
        int firstInstruction = parts.Code.Count;
        CompiledFlag flag = Emit(scope, ref members);
        flag.FirstFault = parts.Code.Tracker.CanFault ? parts.Outcomes.AddFaults(scope.Origin) : 0;
        flag.FirstVariant = parts.Variants.Count;
        flag.VariantCount = variants.Count;
        parts.Variants.AddRange(variants.Values);
        flag.Fingerprint = Fingerprint.Of(utf8Json[start..end]);
        parts.Definitions.Add(Definition.OfFlag(scope.Origin.Key), flag.Fingerprint, firstInstruction);
        return flag;
    }

    private Dictionary<string, DecisionVariant> ParseVariants(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8Json)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        var variants = new Dictionary<string, DecisionVariant>(StringComparer.Ordinal);
        while (JsonTokens.NextMember(ref reader))
        {
            string key = parts.Texts.ReadPooled(in reader);
            reader.Read();
            variants[key] = parts.VariantReader.Create(key, id: null, VariantPayload.Read(ref reader), utf8Json);
        }

        return variants;
    }

    private CompiledFlag Emit(FlagScope scope, ref FlagMembers members)
    {
        CodeEmitter code = parts.Code;
        code.Tracker.Begin(isExperiment: false);
        int next = code.NewLabel();
        int entry = next;
        List<RuleStart> starts = [];
        if (members.HasRules)
        {
            ref Utf8JsonReader rules = ref members.Rules;
            JsonTokens.Expect(in rules, JsonTokenType.StartArray);
            while (JsonTokens.NextElement(ref rules))
            {
                int after = code.NewLabel();
                int start = code.Count;
                code.Alias(next, EmitRule(scope, ref rules, after, ref members, out string? id));
                starts.Add(new RuleStart(start, id));
                next = after;
            }
        }

        code.Alias(next, DefaultLabel(scope, ref members));
        int place = members.IsEnabled
            ? code.TargetOf(entry)
            : ~scope.AddOutcome(members.Off, DecisionReason.Disabled);
        Resolve();
        return new CompiledFlag
        {
            Origin = scope.Origin,
            Entry = place,
            EarlyHash = code.Tracker.EarlyHash,
            NeedsWorkspace = members.IsEnabled && code.Tracker.NeedsWorkspace,
            TakesOverride = members.IsEnabled,
            Rules = [.. starts],
        };
    }

    private int DefaultLabel(FlagScope scope, ref FlagMembers members)
    {
        if (!members.HasDefaultLabel)
        {
            members.SetDefaultLabel(parts.Code.EndLabel(scope.AddOutcome(members.Default, DecisionReason.Default)));
        }

        return members.DefaultLabel;
    }

    private int EmitRule(FlagScope scope, ref Utf8JsonReader reader, int next, ref FlagMembers flag, out string? id)
    {
        JsonTokens.Expect(in reader, JsonTokenType.StartObject);
        parts.Predicates.Clear();
        var members = default(RuleMembers);
        while (JsonTokens.NextMember(ref reader))
        {
            members.Read(ref reader);
        }

        if (!members.HasServe)
        {
            JsonTokens.Refuse("a rule needs what it serves");
        }

        id = members.Id;
        DecisionOrigin rule = members.Id is null && members.Reason is null
            ? scope.Origin
            : scope.Origin.With(new DecisionNote(members.Id, members.Reason));
        int serve = parts.Code.NewLabel();
        int entry = members.HasIf
            ? parts.Code.Emit(parts.PredicateParser.Parse(ref members.If), serve, next)
            : serve;
        parts.Code.Alias(serve, EmitServe(scope, ref members, rule, next, ref flag));
        return entry;
    }

    private int EmitServe(FlagScope scope, ref RuleMembers members, DecisionOrigin rule, int next, ref FlagMembers flag)
    {
        if (members.Serve.TokenType != JsonTokenType.StartObject)
        {
            DecisionReason own = members.HasIf ? DecisionReason.TargetingMatch : DecisionReason.Static;
            return parts.Code.EndLabel(
                scope.AddOutcome(VariantKeys.Read(ref members.Serve), RuleReason.Of(members.Reason, own), rule));
        }

        var split = default(SplitMembers);
        ref Utf8JsonReader serve = ref members.Serve;
        while (JsonTokens.NextMember(ref serve))
        {
            split.Read(ref serve);
        }

        if (split.Fault != 0)
        {
            if (split.HasSplit)
            {
                JsonTokens.Refuse("an error has a member that this reader does not know");
            }

            parts.Code.Tracker.AddFault();
            return parts.Code.EndLabel(split.Fault);
        }

        int miss = split.MissStops ? DefaultLabel(scope, ref flag) : next;
        return _splits.Emit(scope, ref split, rule, RuleReason.Of(members.Reason, DecisionReason.Split), next, miss);
    }

    /// <summary>Labels become places, also where sticky rules and conditions on lists keep them.</summary>
    private void Resolve()
    {
        _splits.Resolve();
        parts.ResolveNested();
        parts.Code.Resolve();
    }
}

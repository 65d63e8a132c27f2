using System.Text.Json;

namespace Experiments.Client.Tests.Reference;

/// <summary>
/// Decides straight on the JSON of a snapshot, by the letter of the written format and without a thought for speed: what the compiled
/// engine is compared with. Thread-safe where <paramref name="observe"/> is.
/// </summary>
/// <param name="root">Root of a snapshot that readers accept; its document must stay alive.</param>
/// <param name="observe">Told what happens, so that tests of the generators see what they reach.</param>
internal sealed class ReferenceInterpreter(JsonElement root, Action<string>? observe = null)
{
    private readonly ReferenceSnapshot _snapshot = new(root);

    /// <summary>Decides a flag or, where no flag has the key, an experiment.</summary>
    public ReferenceDecision Decide(
        string key,
        string userKey,
        JsonElement context,
        DateTimeOffset now,
        IReadOnlyDictionary<string, string?> overrides,
        IReadOnlyDictionary<string, string> sticky)
    {
        var evaluation = new ReferenceEvaluation(_snapshot, userKey, context, now, overrides, sticky, observe);
        JsonElement? experiment = _snapshot.Flag(key) is null ? _snapshot.Experiment(key) : null;
        return experiment is { } found ? Decide(evaluation, found) : FaultIsError(() => evaluation.DecideFlag(key));
    }

    /// <summary>What <c>/decide</c> lists: every experiment that assigns the user a variant, in snapshot order.</summary>
    public IReadOnlyList<ReferenceAssignment> Assignments(
        string userKey,
        JsonElement context,
        DateTimeOffset now,
        IReadOnlyDictionary<string, string?> overrides,
        IReadOnlyDictionary<string, string> sticky)
    {
        List<ReferenceAssignment> assignments = [];
        foreach (JsonElement experiment in _snapshot.Experiments)
        {
            var evaluation = new ReferenceEvaluation(_snapshot, userKey, context, now, overrides, sticky, observe);
            ReferenceDecision decision = Decide(evaluation, experiment);
            if (decision.VariantKey is not null)
            {
                assignments.Add(new ReferenceAssignment(
                    RawJson.TextMember(experiment, "key")!,
                    decision.ExperimentId!,
                    decision.VariantKey,
                    decision.VariantId!,
                    decision.PayloadJson));
            }
        }

        return assignments;
    }

    private static ReferenceDecision Decide(ReferenceEvaluation evaluation, JsonElement experiment) =>
        FaultIsError(() => evaluation.DecideExperiment(experiment)) with { ExperimentId = RawJson.TextMember(experiment, "id") };

    private static ReferenceDecision FaultIsError(Func<ReferenceDecision> decide)
    {
        try
        {
            return decide();
        }
        catch (ReferenceFaultException fault)
        {
            return new ReferenceDecision("ERROR", Fault: fault.Code);
        }
    }
}

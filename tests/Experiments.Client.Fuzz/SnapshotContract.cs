using System.Text;
using Experiments.Client.Decisions;
using Experiments.Client.Snapshots;
using Experiments.Client.Snapshots.Loading;
using Experiments.Client.Targeting;

namespace Experiments.Client.Fuzz;

/// <summary>
/// Reading a snapshot never throws; it is accepted, or it has faults, and the parser and the walk that names faults agree about which; all
/// that is in an accepted one is decided for several users and contexts, one by one and all at once, with the same answers.
/// </summary>
internal static class SnapshotContract
{
    public const string Environment = "prod";

    // Deciding one flag takes room for all attributes and hashes of its snapshot.
    private const int MaxSingly = 50;

    private static readonly string[] s_users = ["", "user-1", "\ud83d", new string('u', 300)];

    private static readonly DecisionContext[] s_contexts =
    [
        new(),
        Context("""{"plan":"pro","age":21,"beta":true,"app":"1.2.3-rc.1","ip":"10.0.0.1","at":"2026-11-24T00:00:00Z","tags":["a","b"],"items":[{"t":"a","n":1},{"n":[1,[2,[3]]]}],"geo":{"country":"DE","zip":1e21,"a.b":null},"email":"x@corp.example"}"""),
        Context("""{"plan":null,"age":"21","beta":0,"app":[],"ip":{},"at":1764000000000,"tags":{},"items":[[],[[[]]],{},null,"",1e400],"geo":[{}],"":"","a.b":1,"a":{"b":2},"$key":"k","x\ud800":"\udc00"}"""),
    ];

    public static bool Check(byte[] input)
    {
        InputBounds bounds = InputBounds.Start(input.Length);
        SnapshotLoad load = SnapshotReader.Read(input, Environment, 1);
        ContractException.Demand(load.IsAccepted != load.Faults.Count > 0, "accepted with faults, or refused without");
        bool isOther = !load.IsAccepted && load.Faults.All(static fault => fault.Contains(" was asked for", StringComparison.Ordinal));
        ReadOnlyMemory<byte> json = input.AsSpan().StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? input.AsMemory(3) : input;
        if (System.Text.Unicode.Utf8.IsValid(json.Span))
        {
            IReadOnlyList<string> faults = SnapshotFaults.Find(json);
            ContractException.Demand(
                (load.IsAccepted || isOther) == (faults.Count == 0),
                $"parser: {string.Join("; ", load.Faults)}; walk: {string.Join("; ", faults)}");
        }

        // For those who publish; must not throw either.
        IReadOnlyList<string> warnings = SnapshotWarnings.Find(input);
        ContractException.Demand(load.IsAccepted || isOther || warnings.Count == 0, "warnings about what is refused");
        if (load.IsAccepted)
        {
            Decide(load.Snapshot!);
        }

        bounds.Check();
        return load.IsAccepted;
    }

    public static FeatureDecider DeciderOf(CompiledSnapshot snapshot)
    {
        var holder = new SnapshotHolder();
        holder.Swap(snapshot);
        return new FeatureDecider(Environment, holder, DecisionSurroundings.Default);
    }

    public static Decision[] DecideAll(FeatureDecider decider, string user, DecisionContext context)
    {
        Decision[] decisions = new Decision[decider.Count];
        ContractException.Demand(decider.DecideAll(user, decisions, context) == decisions.Length, "another number of decisions than Count");
        ContractException.Demand(Array.TrueForAll(decisions, static decision => decision is not null), "no decision");
        return decisions;
    }

    private static void Decide(CompiledSnapshot snapshot)
    {
        FeatureDecider decider = DeciderOf(snapshot);
        bool isRepeatable = Array.TrueForAll(snapshot.Program.Hashes, static hash => hash.Named?.Missing != MissingUnit.Random);
        foreach (string user in s_users)
        {
            foreach (DecisionContext context in s_contexts)
            {
                Decision[] all = DecideAll(decider, user, context);
                Evaluator.DecideExperiments(
                    snapshot, DecisionSurroundings.Default, user, new int[snapshot.ExperimentRows.Length], new ContextAttributes(context));
                for (int i = 0; i < Math.Min(all.Length, MaxSingly); i++)
                {
                    CheckOne(snapshot, decider, i, user, context, isRepeatable ? all[i] : null);
                }
            }

            for (int i = 0; i < Math.Min(snapshot.Flags.Length, MaxSingly); i++)
            {
                decider.Decide(snapshot.Flags[i].Key, user, [new("plan", "pro"), new("age", 3), new("tags.0", "a"), new("beta", true)]);
            }
        }
    }

    private static void CheckOne(
        CompiledSnapshot snapshot, FeatureDecider decider, int flag, string user, DecisionContext context, Decision? expected)
    {
        Decision one = Evaluator.Decide(snapshot, flag, DecisionSurroundings.Default, user, new ContextAttributes(context));
        ContractException.Demand(expected is null || ReferenceEquals(one, expected), $"{one} alone, {expected} among all");
        ContractException.Demand(
            one.Key == snapshot.Flags[flag].Key, $"the decision of \"{snapshot.Flags[flag].Key}\" says that it is of \"{one.Key}\"");
        ContractException.Demand(decider.Decide(snapshot.Flags[flag].Key, user, context) is not null, "no decision");
    }

    private static DecisionContext Context(string json) => new DecisionContext().SetJson(Encoding.UTF8.GetBytes(json));
}

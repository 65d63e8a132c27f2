using System.Text;
using Experiments.Benchmarks.Limits;
using Experiments.Benchmarks.Snapshots;
using Experiments.Benchmarks.Works;
using Experiments.Client;

namespace Experiments.Benchmarks.Bars;

/// <summary>That the works do what their names say: something fast that decides nothing would pass every bar.</summary>
internal static class Checks
{
    private const int BucketCount = 10_000;

    /// <summary>The yardstick's hash is the engine's.</summary>
    public static void Yardstick(string salt)
    {
        foreach (string user in Workload.UserKeys)
        {
            int expected = EngineAccess.Bucket(user, Encoding.UTF8.GetBytes(salt));
            int actual = (int)(PlainMurmurHash3.Hash(Encoding.UTF8.GetBytes($"{user}:{salt}")) % BucketCount);
            Require(actual == expected, $"bucket of {user}: {actual} instead of {expected}");
        }
    }

    /// <summary>The experiment is decided by its split, for every user, and only for those who pass; the flag is on.</summary>
    public static void Deciding(IFeatureDecider decider)
    {
        HashSet<string?> variants = [];
        foreach (string user in Workload.UserKeys)
        {
            Decision decision = decider.Decide(Workload.Key, user, [("country", "US"), ("plan", "pro")]);
            Require(decision.Reason == DecisionReason.Split && decision.IsAssigned, $"{user} got {decision}");
            variants.Add(decision.VariantKey);
            Require(!decider.Decide(Workload.Key, user, [("country", "US"), ("plan", "free")]).IsAssigned, "the second condition does not count");
            Require(!decider.Decide(Workload.Key, user, [("country", "FR"), ("plan", "pro")]).IsAssigned, "the first condition does not count");
            Require(decider.IsOn(Workload.FlagKey, user), "the flag is off");
        }

        Require(variants.Count > 1, "every user got the same variant");
    }

    /// <summary>Every experiment is decided by its split.</summary>
    public static void DecidingAll(DecideAll all, int count)
    {
        all.Run(1);
        Require(all.Decisions.Length == count, $"{all.Decisions.Length} decisions");
        foreach (Decision decision in all.Decisions)
        {
            Require(decision.Reason == DecisionReason.Split && decision.IsAssigned, decision.ToString());
        }
    }

    /// <summary>The context that was read has all the attributes that are used.</summary>
    public static void Reading(EngineAccess engine)
    {
        var context = new DecisionContext();
        engine.ReadContext(context, Contexts.Json);
        Decision decision = engine.Decider.Decide(SnapshotBuilder.KeyOf(42), Workload.UserKeys[0], context);
        Require(decision.IsAssigned, $"the context that was read got {decision}");
    }

    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"The benchmark does not do what it says: {message}.");
        }
    }
}

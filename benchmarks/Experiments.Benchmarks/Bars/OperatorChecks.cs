using System.Text;
using Experiments.Benchmarks.Snapshots;
using Experiments.Client;

namespace Experiments.Benchmarks.Bars;

/// <summary>That each operator's value matches its operand: a miss would measure something else.</summary>
internal static class OperatorChecks
{
    public static void Run()
    {
        foreach (OperatorCase operatorCase in OperatorCase.All)
        {
            IFeatureDecider decider = new EngineAccess(EngineAccess.Load(SnapshotBuilder.BuildFor(operatorCase))).Decider;
            Decision decision = decider.Decide(SnapshotBuilder.KeyOf(42), Workload.UserKeys[0], ContextFor(operatorCase));
            Checks.Require(decision.IsAssigned, $"{operatorCase} got {decision}");
        }
    }

    public static DecisionContext ContextFor(OperatorCase operatorCase) =>
        new DecisionContext().SetJson(Encoding.UTF8.GetBytes($"{{\"a\":{operatorCase.Value}}}"));
}

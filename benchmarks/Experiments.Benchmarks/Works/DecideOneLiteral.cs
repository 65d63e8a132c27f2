using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>One experiment, two conditions, context on the stack; the values are string literals of the caller's source.</summary>
internal sealed class DecideOneLiteral(IFeatureDecider decider) : Work
{
    private readonly string[] _users = Workload.UserKeys;

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            Decision decision = decider.Decide(
                Workload.Key, _users[i & (Workload.UserCount - 1)], [("country", "US"), ("plan", "pro")]);
            sum += (int)decision.Reason;
        }

        Sink += sum;
    }
}

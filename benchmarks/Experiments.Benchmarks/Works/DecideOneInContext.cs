using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>One experiment in a context that was filled before.</summary>
internal sealed class DecideOneInContext(IFeatureDecider decider, DecisionContext context, string key = Workload.Key) : Work
{
    private readonly string[] _users = Workload.UserKeys;

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += (int)decider.Decide(key, _users[i & (Workload.UserCount - 1)], context).Reason;
        }

        Sink += sum;
    }
}

using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>One experiment, two conditions, context on the stack; the values came with a request, so they equal no literal by reference.</summary>
internal sealed class DecideOne(IFeatureDecider decider) : Work
{
    private readonly string[] _users = Workload.UserKeys;
    private readonly string _country = Workload.FromRequest("US");
    private readonly string _plan = Workload.FromRequest("pro");

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            Decision decision = decider.Decide(
                Workload.Key, _users[i & (Workload.UserCount - 1)], [("country", _country), ("plan", _plan)]);
            sum += (int)decision.Reason;
        }

        Sink += sum;
    }
}

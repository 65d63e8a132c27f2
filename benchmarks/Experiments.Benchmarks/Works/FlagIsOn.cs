using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>A flag without rules.</summary>
internal sealed class FlagIsOn(IFeatureDecider decider) : Work
{
    private readonly string[] _users = Workload.UserKeys;

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += decider.IsOn(Workload.FlagKey, _users[i & (Workload.UserCount - 1)]) ? 1 : 0;
        }

        Sink += sum;
    }
}

using Experiments.Client;

namespace Experiments.Benchmarks.Works;

/// <summary>Every experiment of the snapshot for one user, into the same buffer; the attributes are on the stack, their values from a request.</summary>
internal sealed class DecideAll(IFeatureDecider decider) : Work
{
    private readonly string[] _users = Workload.UserKeys;
    private readonly Decision[] _decisions = new Decision[decider.Count];
    private readonly string _country = Workload.FromRequest("US");
    private readonly string _plan = Workload.FromRequest("pro");
    private readonly string _platform = Workload.FromRequest("ios");
    private readonly string _language = Workload.FromRequest("en");

    /// <summary>What the last run decided.</summary>
    public ReadOnlySpan<Decision> Decisions => _decisions;

    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += decider.DecideAll(
                _users[i & (Workload.UserCount - 1)],
                _decisions,
                [("country", _country), ("plan", _plan), ("age", 42), ("platform", _platform), ("language", _language), ("beta", true)]);
        }

        Sink += sum;
    }
}

using Experiments.Client.Targeting;

namespace Experiments.Client.Snapshots.Loading;

/// <summary>Every decision that a snapshot can come to, prepared.</summary>
internal sealed class OutcomeBuilder
{
    private readonly List<Decision> _outcomes;

    public OutcomeBuilder()
    {
        // The numbers below are other endings.
        Decision none = Decision.NotReady;
        _outcomes = [.. Enumerable.Repeat(none, Ending.FirstOutcome)];
    }

    public int Count => _outcomes.Count;

    public int Add(Decision decision)
    {
        _outcomes.Add(decision);
        return _outcomes.Count - 1;
    }

    /// <summary>One decision for each fault, in the order of their endings.</summary>
    public int AddFaults(DecisionOrigin origin)
    {
        int first = _outcomes.Count;
        for (int fault = Ending.FirstFault; fault < Ending.FirstOutcome; fault++)
        {
            Add(new Decision(origin.With(new DecisionNote(Fault: Ending.NameOf(fault))), DecisionReason.Error));
        }

        return first;
    }

    public Decision[] ToArray() => [.. _outcomes];
}

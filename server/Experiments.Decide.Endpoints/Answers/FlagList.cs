using System.IO.Pipelines;
using Experiments.Client;

namespace Experiments.Decide.Endpoints.Answers;

/// <summary>The flags of an answer: entries with commas between them.</summary>
/// <param name="outcomes">Of the snapshot.</param>
/// <param name="flags">The number of each flag's outcome.</param>
internal readonly ref struct FlagList(Decision[] outcomes, ReadOnlySpan<int> flags)
{
    private readonly Decision[] _outcomes = outcomes;
    private readonly ReadOnlySpan<int> _flags = flags;

    /// <summary>In bytes.</summary>
    public int Length()
    {
        int length = Math.Max(0, _flags.Length - 1);
        foreach (int outcome in _flags)
        {
            length += FlagEntry.Length(_outcomes[outcome]);
        }

        return length;
    }

    /// <summary>Writes one entry after the other: no buffer has to hold all of them in one piece.</summary>
    public void Write(PipeWriter body)
    {
        int comma = 0;
        foreach (int outcome in _flags)
        {
            Decision decision = _outcomes[outcome];
            int length = comma + FlagEntry.Length(decision);
            Span<byte> free = body.GetSpan(length);
            free[0] = (byte)',';
            FlagEntry.Write(decision, free[comma..]);
            body.Advance(length);
            comma = 1;
        }
    }
}

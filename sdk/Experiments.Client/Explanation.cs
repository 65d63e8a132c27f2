using System.Text;

namespace Experiments.Client;

/// <summary>Why a decision came out as it did. For people: its text and its steps are not a stable format.</summary>
public sealed record Explanation
{
    /// <summary>The decision, the same as <see cref="IFeatureDecider.Decide(string, string, ReadOnlySpan{ContextAttribute})"/> makes.</summary>
    public required Decision Decision { get; init; }

    /// <summary>What was looked at, in order. Empty where nothing had to be.</summary>
    public required IReadOnlyList<ExplanationStep> Steps { get; init; }

    /// <summary>A line for each step, indented, and the decision at the end.</summary>
    public override string ToString()
    {
        // A chain of prerequisites may be as long as the snapshot; nobody reads lines that start further to the right.
        const int MaxIndent = 64;
        var text = new StringBuilder();
        foreach (ExplanationStep step in Steps)
        {
            text.Append(' ', Math.Min(2 * step.Depth, MaxIndent)).Append(step.Text).Append('\n');
        }

        return text.Append(Decision).ToString();
    }
}
